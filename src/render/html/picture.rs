//! The picture of who may write where: what stands in it and at which place,
//! once beside each other for a wide page and once below each other for a narrow
//! one. The words in it are the templates'.

use serde::Serialize;

use crate::html::push_escaped;
use crate::spec::Spec;
use crate::spec::names::AudioLogPrefix;

/// The picture in one form, as the template sees it.
#[derive(Debug, Serialize)]
pub(super) struct View {
    form: &'static str,
    width: usize,
    height: usize,
    /// The boxes and arrows, as SVG.
    boxes: String,
}

/// What is said of a box.
#[derive(Clone, Copy, Debug, Default)]
struct Words<'a> {
    /// Of its arrow; after ` / `, what goes on a line of its own if there is
    /// room.
    may: &'a str,
    /// Above its name.
    what: &'a str,
    /// Below its name.
    place: &'a str,
}

/// The picture in one form. All numbers are user units of SVG, of which a
/// letter of a name takes 7.8 in width.
#[derive(Debug)]
struct Picture {
    form: &'static str,
    width: usize,
    height: usize,
    boxes: Vec<Node>,
}

/// A box, and the arrow that leads to it.
#[derive(Debug)]
struct Node {
    what: &'static str,
    x: usize,
    y: usize,
    width: usize,
    height: usize,
    lines: Vec<String>,
    /// The line of its arrow, as the path of SVG; none leads to the first box.
    arrow: String,
    /// The point of its arrow, likewise.
    tip: String,
    /// Where what the arrow says is centred in a wide picture, or begins.
    label_x: usize,
    label_y: usize,
}

/// What the role writes to: a word for it, and its name.
type Target<'a> = (&'static str, &'a str);

/// The height of a box but for the lines of its name, and that of a line.
const BOX: usize = 60;
const LINE: usize = 17;

/// A box of that place and width, with a name in lines of so many letters.
fn node(what: &'static str, name: &str, x: usize, width: usize, letters: usize) -> Node {
    let lines = lines(name, letters);
    Node {
        what,
        x,
        y: 1,
        width,
        height: BOX + LINE * lines.len(),
        lines,
        arrow: String::new(),
        tip: String::new(),
        label_x: 0,
        label_y: 0,
    }
}

impl Node {
    fn middle(&self) -> usize {
        self.y + self.height / 2
    }

    fn push(&self, words: Words<'_>, is_there: bool, in_lines: bool, svg: &mut String) {
        let Self {
            what,
            x,
            y,
            width,
            height,
            ..
        } = self;
        let there = if is_there { " there" } else { "" };
        svg.push_str(&format!(
            "\n<g class=\"{what}{there}\">\n<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"8\"/>"
        ));
        if !self.arrow.is_empty() {
            svg.push_str(&format!(
                "\n<path class=\"arrow\" d=\"{}\"/><path class=\"tip\" d=\"{}\"/>",
                self.arrow, self.tip
            ));
            begin_text("may", [self.label_x, self.label_y], svg);
            let (first, second) = words.may.split_once(" / ").unwrap_or((words.may, ""));
            push_escaped(first, svg);
            if !second.is_empty() && in_lines {
                svg.push_str(&format!("<tspan x=\"{}\" dy=\"28\">", self.label_x));
                push_escaped(second, svg);
                svg.push_str("</tspan>");
            } else if !second.is_empty() {
                svg.push(' ');
                push_escaped(second, svg);
            }
            svg.push_str("</text>");
        }
        let x = x + 14;
        begin_text("what", [x, y + 25], svg);
        push_escaped(words.what, svg);
        svg.push_str(&format!("</text>\n<text class=\"name\" y=\"{}\">", y + 29));
        for line in &self.lines {
            svg.push_str(&format!("<tspan x=\"{x}\" dy=\"{LINE}\">"));
            push_escaped(line, svg);
            svg.push_str("</tspan>");
        }
        svg.push_str("</text>");
        begin_text("where", [x, y + height - 13], svg);
        push_escaped(words.place, svg);
        svg.push_str("</text>\n</g>");
    }
}

/// Begins a text of a class at a place.
fn begin_text(class: &str, [x, y]: [usize; 2], svg: &mut String) {
    svg.push_str(&format!("\n<text class=\"{class}\" x=\"{x}\" y=\"{y}\">"));
}

impl Picture {
    fn view(&self, words: &str, existing_role: bool) -> View {
        let mut boxes = String::with_capacity(4096);
        for node in &self.boxes {
            let is_there = node.what == "role" && existing_role;
            node.push(
                words_of(node.what, words),
                is_there,
                self.form == "wide",
                &mut boxes,
            );
        }
        View {
            form: self.form,
            width: self.width,
            height: self.height,
            boxes,
        }
    }
}

/// The words of a box, from lines of four cells, of which the first says which
/// box.
fn words_of<'a>(what: &str, words: &'a str) -> Words<'a> {
    let line = words.lines().find_map(|line| {
        let rest = line.strip_prefix(what)?;
        rest.strip_prefix(" | ")
    });
    let mut cells = line.unwrap_or_default().split(" | ");
    let mut cell = || cells.next().unwrap_or_default();
    Words {
        may: cell(),
        what: cell(),
        place: cell(),
    }
}

/// Both pictures of a spec; `words` are those of the template.
pub(super) fn of(spec: &Spec, words: &str) -> [View; 2] {
    let service = spec.lex_version.service_principal();
    let role = spec.role_name.as_str();
    let mut targets = Vec::new();
    if let Some(text) = &spec.text_logs {
        targets.push(("log-group", text.log_group_name.to_string()));
        if let Some(key) = &text.kms_key_arn {
            targets.push(("log-group-key", key.to_string()));
        }
    }
    if let Some(audio) = &spec.audio_logs {
        let prefix = audio.prefix.as_ref().map_or("", AudioLogPrefix::as_str);
        targets.push(("bucket", format!("s3://{}/{prefix}", audio.bucket_name)));
        if let Some(encryption) = &audio.encryption {
            targets.push(("key", encryption.key_arn.to_string()));
        }
    }
    let targets: Vec<Target<'_>> = targets
        .iter()
        .map(|(what, name)| (*what, name.as_str()))
        .collect();
    [
        wide(service, role, &targets),
        narrow(service, role, &targets),
    ]
    .map(|picture| picture.view(words, spec.existing_role))
}

fn wide(service: &str, role: &str, targets: &[Target<'_>]) -> Picture {
    let mut service = node("service", service, 1, 212, 23);
    let mut role = node("role", role, 320, 246, 27);
    let mut targets: Vec<Node> = targets
        .iter()
        .map(|(what, name)| node(what, name, 690, 269, 30))
        .collect();
    let stacked = targets
        .iter()
        .map(|target| target.height + 18)
        .sum::<usize>()
        - 18;
    let height = stacked.max(role.height);
    let mut y = 1 + (height - stacked) / 2;
    for target in &mut targets {
        target.y = y;
        y += target.height + 18;
    }
    // Of three, the second is straight ahead.
    let middle = match targets.as_slice() {
        [_, second, _] => second.middle(),
        _ => 1 + height / 2,
    };
    service.y = middle - service.height / 2;
    role.y = middle - role.height / 2;
    role.arrow = format!("M213 {middle}H312");
    role.tip = format!("M320 {middle}l-10-5v10z");
    (role.label_x, role.label_y) = (266, middle - 9);
    for target in &mut targets {
        let at = target.middle();
        target.arrow = format!("M566 {middle}h18V{at}H682");
        target.tip = format!("M690 {at}l-10-5v10z");
        (target.label_x, target.label_y) = (634, at - 9);
    }
    Picture {
        form: "wide",
        width: 960,
        height: height + 2,
        boxes: [service, role].into_iter().chain(targets).collect(),
    }
}

fn narrow(service: &str, role: &str, targets: &[Target<'_>]) -> Picture {
    let service = node("service", service, 1, 318, 36);
    let mut role = node("role", role, 1, 318, 36);
    let from = service.y + service.height;
    role.y = from + 48;
    role.arrow = format!("M20 {from}V{}", role.y - 8);
    role.tip = format!("M20 {}l-5-10h10z", role.y);
    (role.label_x, role.label_y) = (36, from + 28);
    let from = role.y + role.height;
    let mut y = from;
    let mut boxes = vec![service, role];
    for (what, name) in targets {
        let mut target = node(what, name, 45, 274, 31);
        target.y = y + 34;
        y = target.y + target.height;
        let at = target.middle();
        target.arrow = format!("M20 {from}V{at}H37");
        target.tip = format!("M45 {at}l-10-5v10z");
        (target.label_x, target.label_y) = (46, target.y - 10);
        boxes.push(target);
    }
    Picture {
        form: "narrow",
        width: 320,
        height: y + 1,
        boxes,
    }
}

/// A name in lines of at most so many letters, for the text of a picture does
/// not wrap by itself: broken after a separator where there is one in the second
/// half of the line.
fn lines(name: &str, letters: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = name;
    while let Some((end, _)) = rest.char_indices().nth(letters) {
        let separator = rest[..end].rfind(['/', ':', '-', '.', '_', ' ']);
        let at = separator
            .map(|at| at + 1)
            .filter(|at| at * 2 > end)
            .unwrap_or(end);
        lines.push(rest[..at].to_owned());
        rest = &rest[at..];
    }
    lines.push(rest.to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_after_separators_or_where_they_must() {
        for (text, expected) in [
            ("", vec![""]),
            ("abcdefgh", vec!["abcdefgh"]),
            ("abcdefghi", vec!["abcdefgh", "i"]),
            ("abcdef/hijk", vec!["abcdef/", "hijk"]),
            ("a/cdefghijk", vec!["a/cdefgh", "ijk"]),
            ("½½½½½½½½½", vec!["½½½½½½½½", "½"]),
        ] {
            assert_eq!(lines(text, 8), expected);
        }
    }

    #[test]
    fn no_box_meets_another_or_the_edge() {
        let long = "n".repeat(512);
        let all = [
            ("log-group", long.as_str()),
            ("bucket", "b"),
            ("key", "k"),
            ("log-group-key", "l"),
        ];
        for (role, targets) in [
            ("r", &all[..]),
            ("r", &all[..3]),
            ("r", &all[..2]),
            ("r", &all[1..2]),
            (&"r".repeat(64), &all[1..2]),
            (&"r".repeat(64), &all[1..]),
        ] {
            for picture in [wide("s", role, targets), narrow("s", role, targets)] {
                let boxes = &picture.boxes;
                assert_eq!(boxes.len(), targets.len() + 2);
                for (index, a) in boxes.iter().enumerate() {
                    assert!(a.x > 0 && a.x + a.width < picture.width, "{picture:?}");
                    assert!(a.y > 0 && a.y + a.height < picture.height, "{picture:?}");
                    for b in &boxes[..index] {
                        let beside = a.x > b.x + b.width || b.x > a.x + a.width;
                        let below = a.y > b.y + b.height || b.y > a.y + a.height;
                        assert!(beside || below, "{a:?} {b:?}");
                    }
                }
            }
        }
    }
}
