//! Code that `openscape_webhook` and `openscape_request` share: showing JSON, sending, and
//! credentials.

mod tls;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use cti_codec::openscape::{Application, Other, Refused, Remedy, Secret, main};
use rustls::pki_types::CertificateDer;
use serde_json::value::RawValue;
use ureq::tls::{PemItem, TlsConfig, parse_pem};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::{Connector as _, TcpConnector};

/// The most that is read of an answer: the users of a very large site take a few MiB.
const MAX_ANSWER: u64 = 64 << 20;

/// Whether a character could do something to a terminal or to a reader's eye: controls, and those
/// that only steer the direction or the joining of others.
fn steers(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E007F}'
        )
}

/// Returns text that is safe to show.
pub(crate) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if steers(letter) {
            let _ = write!(shown, "{}", letter.escape_unicode());
        } else {
            shown.push(letter);
        }
    }
    shown
}

/// Returns equivalent JSON on one line that is safe to show.
pub(crate) fn shown_json(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            // Between two tokens: no text of JSON has them as they are.
            '\n' | '\r' | '\t' => shown.push(' '),
            letter if steers(letter) => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    let _ = write!(shown, "\\u{unit:04x}");
                }
            }
            letter => shown.push(letter),
        }
    }
    shown
}

/// Returns the members of JSON, each with its path, down to the values without members.
pub(crate) fn lines(json: &RawValue) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    walk("", json, 0, &mut lines);
    lines
}

fn walk(path: &str, json: &RawValue, depth: usize, lines: &mut Vec<(String, String)>) {
    let text = json.get();
    let below = |step: &str| match path {
        "" => shown(step),
        path => format!("{path}.{}", shown(step)),
    };
    // Deeper than any table: shown as JSON.
    if depth < 12 {
        if let Ok(Members(members)) = serde_json::from_str(text)
            && !members.is_empty()
        {
            for (name, value) in &members {
                walk(&below(name), value, depth + 1, lines);
            }
            return;
        }
        if let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(text)
            && !items.is_empty()
        {
            for (place, item) in items.iter().enumerate() {
                walk(&below(&place.to_string()), item, depth + 1, lines);
            }
            return;
        }
    }
    let name = text.trim_matches('"');
    let is_name = name.len() + 2 == text.len()
        && name.starts_with(|first: char| first.is_ascii_uppercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    let value = if is_name { name } else { text };
    lines.push((path.into(), shown_json(value)));
}

/// The members of an object in their order.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'a> serde::Deserialize<'a> for Members<'a> {
    fn deserialize<D: serde::Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'a> serde::de::Visitor<'a> for Visitor {
            type Value = Members<'a>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'a>>(
                self,
                mut map: A,
            ) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Visitor)
    }
}

/// Lines as the other programs print fields.
pub(crate) fn table(lines: &[(String, String)]) -> String {
    let width = lines
        .iter()
        .map(|(name, _)| name.chars().count())
        .filter(|width| *width <= 40)
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for (name, value) in lines {
        let _ = writeln!(text, "      {name:width$}  {value}");
    }
    text
}

/// The TLS settings for a server.
#[derive(Args, Clone, Debug)]
pub(crate) struct Tls {
    /// Trust the certificates in this PEM file, and no others
    #[arg(long, value_name = "FILE")]
    pub(crate) cacert: Option<PathBuf>,

    /// Trust any certificate
    #[arg(long)]
    pub(crate) insecure: bool,

    /// Give up after this many seconds without an answer
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) timeout: u64,
}

/// Sends requests. Follows no redirect: the token would go along.
pub(crate) struct Http(ureq::Agent);

impl Http {
    pub(crate) fn new(tls: &Tls) -> Result<Self, String> {
        let config = TlsConfig::builder().disable_verification(tls.insecure);
        let config = ureq::Agent::config_builder()
            .tls_config(config.build())
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(tls.timeout)))
            .build();
        let Some(path) = tls.cacert.as_ref().filter(|_| !tls.insecure) else {
            return Ok(Self(config.into()));
        };
        let pem = read(path)?;
        let certificates: Vec<CertificateDer<'static>> = parse_pem(&pem)
            .filter_map(|item| match item {
                Ok(PemItem::Certificate(certificate)) => {
                    Some(CertificateDer::from(certificate.der().to_vec()))
                }
                _ => None,
            })
            .collect();
        if certificates.is_empty() {
            return Err(format!("{}: no certificate in it", name(path)));
        }
        let connector = ().chain(TcpConnector::default()).chain(tls::Trusting::new(&certificates)?);
        let agent = ureq::Agent::with_parts(config, connector, DefaultResolver::default());
        Ok(Self(agent))
    }

    /// Sends a request; the error is text that can be shown.
    pub(crate) fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Vec<u8>>, String> {
        let fail = |error: ureq::Error| {
            let mut text = shown(&error.to_string());
            if text.contains("certificate expired") || text.contains("certificate not valid yet") {
                text +=
                    "; renew it on the server, or look at the clock here; --insecure trusts any";
            } else if text.contains("certificate") {
                text += "; --cacert FILE trusts the server's own, --insecure any";
            }
            text
        };
        let mut response = if request.method() == http::Method::GET && !request.body().is_empty() {
            // The two questions whose GET has a body.
            let mut get = self.0.get(request.uri());
            for (name, value) in request.headers() {
                get = get.header(name, value);
            }
            get.force_send_body().send(&request.body()[..])
        } else if request.body().is_empty() && request.method() == http::Method::GET {
            self.0.run(request.map(|_| ()))
        } else {
            self.0.run(request)
        }
        .map_err(fail)?;
        let body = response
            .body_mut()
            .with_config()
            .limit(MAX_ANSWER)
            .read_to_vec()
            .map_err(fail)?;
        Ok(response.map(|_| body))
    }
}

/// The credentials of a client and a user.
#[derive(Args, Clone, Debug)]
pub(crate) struct Credentials {
    /// The client's name, as set up in the Web Manager
    #[arg(long, value_name = "NAME", default_value = "client0")]
    pub(crate) client: String,

    /// A file with the client's token; without it, OPENSCAPE_CLIENT_TOKEN is read
    #[arg(long, value_name = "FILE")]
    pub(crate) client_token_file: Option<PathBuf>,

    /// The client's business unit
    #[arg(long, value_name = "NAME", default_value = "Default")]
    pub(crate) business_unit: String,

    /// The key of the user to log on
    #[arg(long, value_name = "KEY")]
    pub(crate) agent_key: Option<i64>,

    /// A file with that user's password; without it, OPENSCAPE_PASSWORD is read
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,

    /// The version of the events' format; V1 is the only one that the manual shows
    #[arg(long, value_name = "VERSION", default_value = "V1")]
    pub(crate) api_version: String,
}

impl Credentials {
    pub(crate) fn register(
        &self,
        webhook_url: &str,
    ) -> Result<main::RegisterApplication<'static>, String> {
        let token = secret(self.client_token_file.as_deref(), "OPENSCAPE_CLIENT_TOKEN")?.ok_or(
            "registering needs the client's token: --client-token-file FILE, or OPENSCAPE_CLIENT_TOKEN",
        )?;
        Ok(main::RegisterApplication {
            webhook_url: webhook_url.to_string().into(),
            webhook_api_version: Some(self.api_version.clone().into()),
            application: Application {
                name: self.client.clone().into(),
                token,
                bus_unit_name: self.business_unit.clone().into(),
                other: Other::new(),
            },
            other: Other::new(),
        })
    }

    pub(crate) fn logon(&self) -> Result<Option<main::Logon<'static>>, String> {
        let Some(agent_key) = self.agent_key else {
            return Ok(None);
        };
        let password = secret(self.password_file.as_deref(), "OPENSCAPE_PASSWORD")?.ok_or(
            "logging on needs the user's password: --password-file FILE, or OPENSCAPE_PASSWORD",
        )?;
        let other = Other::new();
        Ok(Some(main::Logon {
            agent_key,
            password,
            other,
        }))
    }
}

/// Reads a secret from a file, or else from an environment variable.
pub(crate) fn secret(
    file: Option<&Path>,
    variable: &str,
) -> Result<Option<Secret<'static>>, String> {
    let text = match file {
        Some(path) => {
            let bytes = read(path)?;
            let text = String::from_utf8(bytes).map_err(|_| format!("{}: no text", name(path)))?;
            Some(text.trim_end_matches(['\r', '\n']).to_string())
        }
        None => match std::env::var(variable) {
            Ok(text) => Some(text),
            Err(std::env::VarError::NotPresent) => None,
            Err(error) => return Err(format!("{variable}: {error}")),
        },
    };
    Ok(text.filter(|text| !text.is_empty()).map(Secret::from))
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}", name(path)))
}

/// Returns the name of a file that is safe to show.
pub(crate) fn name(path: &Path) -> String {
    shown(&path.to_string_lossy())
}

/// Returns the remedy for a refusal.
pub(crate) fn advice(refused: &Refused) -> Option<String> {
    match refused.remedy()? {
        Remedy::Register => {
            Some("the server does not know this session any more: register again".into())
        }
        Remedy::Wait(time) => Some(format!(
            "another server counts as the one in charge: it lets go within {} s, try again until then",
            time.as_secs()
        )),
        _ => None,
    }
}
