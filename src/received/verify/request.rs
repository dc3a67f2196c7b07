//! The request of a bundle that somebody sent.

use std::path::Path;

use crate::config::Config;
use crate::render::REQUEST;
use crate::request::Request;

/// More strings than this has no request: a bound for the time that reading one
/// takes.
const MAX_STRINGS: usize = 500;

/// Reads a request, through the rules that every parameter file goes through.
pub(super) fn read(json: &[u8]) -> Result<Request, String> {
    if strings(json) > MAX_STRINGS {
        return Err("holds more than a request can".into());
    }
    let config = Config::parse(Path::new(REQUEST), json);
    Request::new(&config.parameters, config.faults).map_err(|faults| {
        let what: Vec<String> = faults
            .0
            .into_iter()
            .take(5)
            .map(|mut fault| {
                // The file is named already, and an example does not help.
                (fault.place, fault.suggestion) = (None, None);
                // It is one line.
                let help = fault.help.take().map(|help| format!("; {help}"));
                fault.line() + &help.unwrap_or_default()
            })
            .collect();
        format!("is not a request: {}", what.join("; "))
    })
}

fn strings(json: &[u8]) -> usize {
    let (mut quotes, mut escaped) = (0_usize, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            // Outside of strings there is none in JSON.
            b'\\' => escaped = true,
            b'"' => quotes += 1,
            _ => {}
        }
    }
    quotes.div_ceil(2)
}
