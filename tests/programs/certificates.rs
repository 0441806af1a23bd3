//! `openscape_request` in front of servers with certificates that they have made for themselves.
//! The files in `tests/data/tls` are valid until 2120 and until 2021, for localhost and 127.0.0.1;
//! their key is for these tests and nothing else.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::run::examples;

fn file(name: &str) -> PathBuf {
    let root: PathBuf = env!("CARGO_MANIFEST_DIR").into();
    root.join("tests/data/tls").join(name)
}

/// Answers one connection, and returns the port.
fn server(certificate: &str) -> u16 {
    let certificate = CertificateDer::from_pem_file(file(certificate)).unwrap();
    let key = PrivateKeyDer::from_pem_file(file("key.pem")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let connection = rustls::ServerConnection::new(Arc::new(config)).unwrap();
        let mut stream = rustls::StreamOwned::new(connection, stream);
        let mut head = Vec::new();
        let mut byte = [0];
        // A client that does not trust the certificate sends none.
        while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|count| count > 0) {
            head.extend_from_slice(&byte);
        }
        let body = r#"{"users":[],"errorCode":"NO_ERROR","errorDetails":""}"#;
        let length = body.len();
        let _ = write!(
            stream,
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
             connection: close\r\n\r\n{body}"
        );
        let _ = stream.flush();
    });
    port
}

fn asked(certificate: &str, args: &[&str]) -> (Option<i32>, String) {
    let url = format!("https://127.0.0.1:{}", server(certificate));
    let Output { status, stderr, .. } = Command::new(examples().join("openscape_request"))
        .env("OPENSCAPE_TOKEN", "token")
        .args(["--to", &url, "admin.GetUsers"])
        .args(args)
        .output()
        .unwrap();
    (status.code(), String::from_utf8(stderr).unwrap())
}

#[test]
fn a_certificate_of_the_servers_own_is_trusted_where_it_is_given_and_in_its_time() {
    let own = file("own.pem");
    let own = ["--cacert", own.to_str().unwrap()];
    assert_eq!(asked("own.pem", &own), (Some(0), String::new()));

    let (status, said) = asked("own.pem", &[]);
    assert_eq!(status, Some(1), "{said}");
    assert!(
        said.contains("--cacert FILE trusts the server's own"),
        "{said}"
    );

    let expired = file("expired.pem");
    let expired = ["--cacert", expired.to_str().unwrap()];
    let (status, said) = asked("expired.pem", &expired);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("certificate expired"), "{said}");
    assert!(said.contains("renew it on the server"), "{said}");
    assert!(!said.contains("--cacert"), "{said}");

    // Another one than that of the file.
    let (status, said) = asked("own.pem", &expired);
    assert_eq!(status, Some(1), "{said}");

    assert_eq!(
        asked("expired.pem", &["--insecure"]),
        (Some(0), String::new())
    );
}
