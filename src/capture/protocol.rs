//! Guesses at the protocol of connections without CTI.

use core::fmt;

/// A guess at the protocol of a connection, from its first bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Protocol {
    /// No byte was sent: a refused connection, a port scan, a health check.
    Nothing,
    /// TLS, of the version in the server's hello if that was captured. It can be decrypted in
    /// Wireshark only, with the server's or the client's secrets.
    Tls(Option<TlsVersion>),
    /// HTTP.
    Http,
    /// SSH.
    Ssh,
    /// An unknown protocol.
    Unknown,
}

impl Protocol {
    /// Guesses from the first bytes of both directions.
    pub(super) fn of(first: [&[u8]; 2]) -> Self {
        if first.iter().all(|bytes| bytes.is_empty()) {
            return Self::Nothing;
        }
        let any = |test: fn(&[u8]) -> bool| first.into_iter().any(test);
        if any(is_tls) {
            Self::Tls(first.into_iter().find_map(TlsVersion::of_server_hello))
        } else if any(is_http) {
            Self::Http
        } else if any(|bytes| bytes.starts_with(b"SSH-")) {
            Self::Ssh
        } else {
            Self::Unknown
        }
    }
}

/// A version of TLS, as its two bytes on the wire.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TlsVersion(pub u16);

impl TlsVersion {
    /// Reads the version from a record with the server's hello.
    fn of_server_hello(record: &[u8]) -> Option<Self> {
        let hello = match record {
            [22, 3, _, _, _, 2, _, _, _, rest @ ..] => rest,
            _ => return None,
        };
        let (version, rest) = hello.split_first_chunk::<2>()?;
        let named = Self(u16::from_be_bytes(*version));
        // Version 1.3 announces 1.2 here and gives the true version in an extension.
        let said = || {
            let rest = rest.get(32..)?;
            let (session, rest) = rest.split_first()?;
            let mut rest = rest.get(usize::from(*session).saturating_add(5)..)?;
            loop {
                let (head, tail) = rest.split_first_chunk::<4>()?;
                let [kind_high, kind_low, high, low] = *head;
                let length = usize::from(u16::from_be_bytes([high, low]));
                let data = tail.get(..length)?;
                if u16::from_be_bytes([kind_high, kind_low]) == 43 {
                    return Some(Self(u16::from_be_bytes(*data.first_chunk()?)));
                }
                rest = tail.get(length..)?;
            }
        };
        Some(said().unwrap_or(named))
    }

    /// Returns the name, such as `TLS 1.2`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self.0 {
            0x0300 => "SSL 3.0",
            0x0301 => "TLS 1.0",
            0x0302 => "TLS 1.1",
            0x0303 => "TLS 1.2",
            0x0304 => "TLS 1.3",
            _ => "TLS",
        }
    }
}

/// Returns whether the bytes begin a TLS record: a content type, version 3.x, and a permitted
/// length.
fn is_tls(bytes: &[u8]) -> bool {
    matches!(bytes, [20..=23, 3, 0..=4, high, _, ..] if *high <= 0x48)
}

fn is_http(bytes: &[u8]) -> bool {
    const STARTS: [&[u8]; 9] = [
        b"GET ",
        b"POST ",
        b"PUT ",
        b"HEAD ",
        b"DELETE ",
        b"OPTIONS ",
        b"CONNECT ",
        b"HTTP/1.",
        b"PRI * HTTP/2",
    ];
    STARTS.iter().any(|start| bytes.starts_with(start))
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Nothing => "nothing",
            Self::Tls(None) => "TLS",
            Self::Tls(Some(version)) => version.name(),
            Self::Http => "HTTP",
            Self::Ssh => "SSH",
            Self::Unknown => "an unknown protocol",
        })
    }
}
