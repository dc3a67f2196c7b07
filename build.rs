//! `include_dir!` does not notice files that are added later; naming the
//! folder makes cargo rebuild when anything in it appears or changes.

fn main() {
    println!("cargo:rerun-if-changed=templates");
}
