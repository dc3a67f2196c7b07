//! What the data of an entry holds, and what is said of that.

use std::io::Write;
use std::sync::LazyLock;

use super::super::bytes::{Entry, TOP, Zip};
use super::headers::{in_both, of_undo};
use super::{COMPRESSED, Case, DAMAGED, FIRST, PACKED, TOO_LARGE, altered, case};

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
fn not_inflated(name: &'static str, zip: &Zip) -> Case {
    Case {
        name,
        zip: zip.build(),
        message: format!("{FIRST}: {COMPRESSED}"),
    }
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
fn packed(name: &'static str, data: Vec<u8>, size: usize) -> Case {
    let mut zip = deflated();
    pack(zip.entry("undo.sh"), data, size);
    not_inflated(name, &zip)
}

#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn all() -> Vec<Case> {
    let good = Zip::good().entry("undo.sh").data.clone();
    let size = u32::try_from(good.len()).unwrap();
    let bomb = bomb();
    let stream = deflate(&good);
    let with_more = [&stream[..], b"behind"].concat();
    let twice = [&stream[..], &stream].concat();
    let full: Vec<u8> = deflate(&vec![0; 1 << 20]);
    vec![
        in_both("a wrong CRC", |fields| fields.crc ^= 1, DAMAGED),
        of_undo("other data", |entry| entry.data[0] ^= 1, DAMAGED),
        {
            let change = |zip: &mut Zip| {
                zip.entry("undo.sh")
                    .both(|fields| (fields.packed, fields.size) = (size - 1, size - 1));
            };
            case("a size smaller than it is", change, DAMAGED)
        },
        {
            let change = |zip: &mut Zip| {
                zip.entry("undo.cmd")
                    .both(|fields| (fields.packed, fields.size) = (1, 1));
            };
            case(
                "a size far smaller than it is",
                change,
                DAMAGED.replace("undo.sh", "undo.cmd"),
            )
        },
        {
            let change = |zip: &mut Zip| {
                zip.entry("undo.cmd").both(|fields| {
                    (fields.packed, fields.size) = (fields.size + 1, fields.size + 1);
                });
            };
            case(
                "a size that reaches into the next",
                change,
                DAMAGED.replace("undo.sh", "undo.cmd"),
            )
        },
        in_both(
            "two sizes for stored data",
            |fields| fields.size += 1,
            PACKED,
        ),
        in_both(
            "a size near the largest",
            |fields| (fields.packed, fields.size) = (u32::MAX - 1, u32::MAX - 1),
            TOO_LARGE,
        ),
        packed("a bomb that tells its size", bomb.clone(), 300 << 20),
        packed("a bomb that does not", bomb, 1000),
        packed("one byte more than said", deflate(b"1234"), 3),
        packed("one byte less than said", deflate(b"12"), 3),
        packed("data behind the stream", with_more, good.len()),
        packed("two streams", twice, good.len()),
        packed(
            "half a stream",
            stream[..stream.len() / 2].into(),
            good.len(),
        ),
        packed("no stream", Vec::new(), good.len()),
        packed("a block of no known kind", vec![7, 0, 0], good.len()),
        packed(
            "a stream with a head of zlib",
            [b"\x78\x9c", &stream[..]].concat(),
            good.len(),
        ),
        {
            let mut zip = Zip::good();
            let entry = zip.entry("undo.sh");
            pack(entry, deflate(&good), good.len());
            Case {
                name: "one entry deflated",
                zip: zip.build(),
                message: format!("undo.sh: {COMPRESSED}"),
            }
        },
        {
            // As other programs do it.
            let mut zip = deflated();
            let folder = Entry::new(&format!("{TOP}/"), b"", 0o644);
            zip.entries.insert(0, folder);
            not_inflated("the folder packed again", &zip)
        },
        {
            // Each of the largest size.
            let mut zip = deflated();
            for number in 0..17 {
                let mut entry = Entry::new(&format!("{TOP}/v{number:02}"), b"", 0o644);
                pack(&mut entry, full.clone(), 1 << 20);
                zip.entries.push(entry);
            }
            not_inflated("a bomb in many pieces", &zip)
        },
        {
            // Fifield's: all share one kernel.
            let mut zip = deflated();
            share(&mut zip, |entry| pack(entry, full.clone(), 1 << 10));
            not_inflated("entries that share their data", &zip)
        },
        {
            let mut zip = Zip::good();
            share(&mut zip, |entry| entry.hold(&vec![0; 1 << 20]));
            Case {
                name: "entries that share their data, stored",
                zip: zip.build(),
                message: TOO_LARGE.replace("undo.sh", "v15"),
            }
        },
        {
            // A quoted header: the data of one holds the whole of the next.
            let mut zip = Zip::good();
            let inner = Zip::of(&[(&format!("{TOP}/v"), b"inner")]).build();
            let inner = &inner[..30 + TOP.len() + 2 + 5];
            let size = zip.entry("undo.sh").data.len();
            let quoted = [&good[..], inner].concat();
            zip.entry("undo.sh").hold(&quoted);
            let bytes = zip.build();
            let start = &bytes[bytes.len() - 6..bytes.len() - 2];
            let stop = u32::from_le_bytes(start.try_into().unwrap()) as usize;
            let begin = stop - quoted.len() + size;
            let mut ghost = Entry::new(&format!("{TOP}/v"), b"inner", 0o644);
            (ghost.is_ghost, ghost.offset) = (true, Some(u32::try_from(begin).unwrap()));
            zip.entries.push(ghost);
            Case {
                name: "an entry quoted in another",
                zip: zip.build(),
                message: format!(
                    "{}\nv: is not part of the bundle: it was added",
                    altered("undo.sh")
                ),
            }
        },
    ]
}
