//! The limits of a bundle: what no bundle has is neither made nor read.

/// The most bytes of a zip, and of all its files: a hundred times what a bundle
/// has.
pub const MAX_BYTES: usize = 16 << 20;
/// The most bytes of one file.
pub const MAX_FILE: usize = 1 << 20;
/// The most files.
pub const MAX_FILES: usize = 100;
