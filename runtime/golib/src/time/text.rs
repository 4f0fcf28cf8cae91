//! Small pieces of text that reading and writing of times share.

/// Whether the byte is a decimal digit.
pub(super) fn is_digit(byte: u8) -> bool {
    byte.is_ascii_digit()
}

/// As error messages of this package quote what they could not read: whatever is not printable ASCII as `\xNN`.
pub(super) fn quote(text: &[u8]) -> String {
    let mut out = String::from("\"");
    for &byte in text {
        match byte {
            b'"' | b'\\' => {
                out.push('\\');
                out.push(char::from(byte));
            }
            b' '..=b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push('"');
    out
}

/// Adds a number, padded with zeros to `width` digits; a minus sign does not count.
pub(super) fn push_number(out: &mut Vec<u8>, value: i64, width: usize) {
    let sign = if value < 0 { "-" } else { "" };
    out.extend_from_slice(format!("{sign}{:0width$}", value.unsigned_abs()).as_bytes());
}
