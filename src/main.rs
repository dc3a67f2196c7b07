//! The program.

fn main() -> std::process::ExitCode {
    lexlogs::main()
}
