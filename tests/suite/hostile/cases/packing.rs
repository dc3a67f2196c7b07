//! What the data of an entry holds, and what is said of that.

use std::io::Write;
use std::sync::LazyLock;

use super::super::bytes::{Entry, TOP, Zip};
use super::{COMPRESSED, Case, DAMAGED, FIRST, TOO_LARGE, altered, case};

/// Some bytes as one deflate stream.
fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Not 400 KB that inflate to 300 MiB: a block of zeros, again and again.
fn bomb() -> Vec<u8> {
    let mut stream = flate2::Compress::new(flate2::Compression::best(), false);
    let mut block = Vec::with_capacity(1 << 16);
    let zeros = vec![0; 1 << 20];
    stream
        .compress_vec(&zeros, &mut block, flate2::FlushCompress::Full)
        .unwrap();
    let mut bomb = block.repeat(300);
    bomb.extend([3, 0]);
    assert!(bomb.len() < 400_000);
    bomb
}

/// A bundle whose entries are all deflated.
fn deflated() -> Zip {
    static DEFLATED: LazyLock<Zip> = LazyLock::new(deflate_all);
    DEFLATED.clone()
}

fn deflate_all() -> Zip {
    let mut zip = Zip::good();
    for entry in &mut zip.entries {
        let (data, size) = (deflate(&entry.data), entry.data.len());
        pack(entry, data, size);
    }
    zip
}

/// Gives an entry deflated data, said to be so many bytes.
fn pack(entry: &mut Entry, data: Vec<u8>, size: usize) {
    entry.both(|fields| {
        (fields.needed, fields.method) = (20, 8);
        fields.packed = u32::try_from(data.len()).unwrap();
        fields.size = u32::try_from(size).unwrap();
    });
    entry.data = data;
    entry.made_by = 0x0314;
}

/// A zip none of which is inflated, whatever it holds: what is said of its first
/// entry.
fn not_inflated(zip: &Zip) -> Case {
    let message = format!("{FIRST}: {COMPRESSED}");
    case(|of| *of = zip.clone(), &message)
}

/// Adds entries that all have the data of the first of them.
fn share(zip: &mut Zip, fill: impl Fn(&mut Entry)) {
    let first = zip.build();
    let start = &first[first.len() - 6..first.len() - 2];
    let start = u32::from_le_bytes(start.try_into().unwrap());
    for number in 0..50 {
        let mut entry = Entry::new(&format!("{TOP}/v{number:02}"), b"", 0o644);
        fill(&mut entry);
        (entry.is_ghost, entry.offset) = (number > 0, Some(start));
        zip.entries.push(entry);
    }
}

/// A deflated bundle with other data in one of its entries.
fn packed(data: Vec<u8>, size: usize) -> Case {
    let mut zip = deflated();
    pack(zip.entry("undo.sh"), data, size);
    not_inflated(&zip)
}

pub(super) fn all() -> Vec<Case> {
    let good = Zip::good().entry("undo.sh").data.clone();
    let (bomb, size) = (bomb(), good.len());
    let stream = deflate(&good);
    let full: Vec<u8> = deflate(&vec![0; 1 << 20]);
    let deflated_data = [
        // A bomb that tells its size, and one that does not.
        (bomb.clone(), 300 << 20),
        (bomb, 1000),
        // One byte more than said, and one less.
        (deflate(b"1234"), 3),
        (deflate(b"12"), 3),
        // Data behind the stream, two streams, half a stream, none, a block of no known kind, a head of zlib.
        ([&stream[..], b"behind"].concat(), size),
        ([&stream[..], &stream].concat(), size),
        (stream[..stream.len() / 2].into(), size),
        (Vec::new(), size),
        (vec![7, 0, 0], size),
        ([b"\x78\x9c", &stream[..]].concat(), size),
    ];
    let mut all: Vec<Case> = deflated_data
        .into_iter()
        .map(|(data, size)| packed(data, size))
        .collect();
    // As other programs do it: the folder packed again.
    let mut zip = deflated();
    zip.entries
        .insert(0, Entry::new(&format!("{TOP}/"), b"", 0o644));
    all.push(not_inflated(&zip));
    // A bomb in many pieces, each of the largest size.
    let mut zip = deflated();
    for number in 0..17 {
        let mut entry = Entry::new(&format!("{TOP}/v{number:02}"), b"", 0o644);
        pack(&mut entry, full.clone(), 1 << 20);
        zip.entries.push(entry);
    }
    all.push(not_inflated(&zip));
    // Fifield's: all share one kernel.
    let mut zip = deflated();
    share(&mut zip, |entry| pack(entry, full.clone(), 1 << 10));
    all.push(not_inflated(&zip));
    let of_cmd = DAMAGED.replace("undo.sh", "undo.cmd");
    let too_large = TOO_LARGE.replace("undo.sh", "v15");
    let quoted = format!(
        "{}\nv: is not part of the bundle: it was added",
        altered("undo.sh")
    );
    all.extend([
        case(
            |zip| pack(zip.entry("undo.sh"), deflate(&good), size),
            &format!("undo.sh: {COMPRESSED}"),
        ),
        case(
            |zip| share(zip, |entry| entry.hold(&vec![0; 1 << 20])),
            &too_large,
        ),
        // A size far smaller than it is, and one that reaches into the next.
        case(
            |zip| {
                zip.entry("undo.cmd")
                    .both(|of| (of.packed, of.size) = (1, 1));
            },
            &of_cmd,
        ),
        case(
            |zip| {
                zip.entry("undo.cmd")
                    .both(|of| (of.packed, of.size) = (of.size + 1, of.size + 1));
            },
            &of_cmd,
        ),
        case(quote_an_entry, &quoted),
    ]);
    all
}

/// A quoted header: the data of one entry holds the whole of the next.
fn quote_an_entry(zip: &mut Zip) {
    let inner = Zip::of(&[(&format!("{TOP}/v"), b"inner")]).build();
    let inner = &inner[..30 + TOP.len() + 2 + 5];
    let good = zip.entry("undo.sh").data.clone();
    let quoted = [&good[..], inner].concat();
    zip.entry("undo.sh").hold(&quoted);
    let bytes = zip.build();
    let start = &bytes[bytes.len() - 6..bytes.len() - 2];
    let stop = u32::from_le_bytes(start.try_into().unwrap()) as usize;
    let begin = stop - quoted.len() + good.len();
    let mut ghost = Entry::new(&format!("{TOP}/v"), b"inner", 0o644);
    (ghost.is_ghost, ghost.offset) = (true, Some(u32::try_from(begin).unwrap()));
    zip.entries.push(ghost);
}
