//! An application's life against a simulated server, without a clock.

use std::time::Duration;

use cti_codec::openscape::*;
use http::StatusCode;

use crate::openscape_server::{Server, outcome};

const SECOND: Duration = Duration::from_secs(1);

/// A client, its server, and the time.
struct Site {
    client: Client,
    server: Server,
    now: Duration,
    events: Vec<String>,
    verdicts: Vec<Verdict>,
}

fn register() -> main::RegisterApplication<'static> {
    main::RegisterApplication {
        webhook_url: "http://webhook.example/".into(),
        webhook_api_version: Some("V1".into()),
        application: Application {
            name: "client0".into(),
            token: "client-token".into(),
            bus_unit_name: "Default".into(),
            other: Other::new(),
        },
        other: Other::new(),
    }
}

fn settings(servers: &[&str]) -> Settings {
    let servers = servers
        .iter()
        .map(|url| Session::new(url).unwrap())
        .collect();
    let mut settings = Settings::new(servers, register());
    settings.logon = Some(main::Logon {
        agent_key: 3,
        password: "password".into(),
        other: Other::new(),
    });
    settings.listen = Listen::ALL.to_vec();
    settings.queries.push(statistics::StartQuery {
        query_type: RealTimeQueryType::UserRealTime,
        key_list: vec![1, 2],
        from_time: None,
        other: Other::new(),
    });
    settings
}

impl Site {
    fn new(settings: Settings) -> Self {
        let mut site = Self {
            client: Client::new(settings),
            server: Server::default(),
            now: Duration::ZERO,
            events: Vec::new(),
            verdicts: Vec::new(),
        };
        site.client.start(site.now);
        site
    }

    /// Lets the server answer all that there is to send.
    fn run(&mut self) {
        while let Some((id, request)) = self.client.poll_request(self.now) {
            let response = self.server.answer(&request);
            let verdict = self.client.handle_response(self.now, id, &response);
            self.verdicts.push(verdict);
        }
        self.told();
    }

    fn told(&mut self) {
        while let Some(event) = self.client.poll_event() {
            let text = format!("{event:?}");
            let name = text.split([' ', '(']).next().unwrap();
            self.events.push(name.into());
        }
    }

    fn pass(&mut self, time: Duration) {
        self.now += time;
        self.client.handle_timeout(self.now);
        self.run();
    }

    fn event(&mut self, event: impl Into<Event<'static>>) {
        let body = Server::event(event);
        let message = EventMessage::read(&body).unwrap();
        self.client.handle_event(&message.event);
        self.run();
    }

    fn take_events(&mut self) -> Vec<String> {
        std::mem::take(&mut self.events)
    }
}

fn online() -> Site {
    let mut site = Site::new(settings(&["http://one.example:8080"]));
    site.run();
    assert_eq!(site.take_events(), ["Registered", "QueryStarted", "Online"]);
    assert!(site.client.is_online());
    site
}

#[test]
fn an_application_registers_logs_on_listens_and_asks() {
    let site = online();
    assert!(site.server.logged_on);
    assert_eq!(site.server.listening.len(), 7);
    assert_eq!(site.server.queries.len(), 1);
    assert_eq!(
        site.client
            .session()
            .unwrap()
            .token
            .as_ref()
            .unwrap()
            .expose(),
        "session-1"
    );
    assert!(!format!("{:?}", site.client).contains("session-1"));
}

#[test]
fn the_session_is_kept_alive() {
    let mut site = online();
    site.server.done.clear();
    assert_eq!(site.client.poll_timeout(), Some(60 * SECOND));
    site.pass(59 * SECOND);
    assert!(site.server.done.is_empty());
    site.pass(SECOND);
    assert_eq!(site.server.done, ["main.KeepAlive"]);
    assert_eq!(site.client.poll_timeout(), Some(120 * SECOND));
    site.pass(60 * SECOND);
    assert_eq!(site.server.done, ["main.KeepAlive", "main.KeepAlive"]);
}

#[test]
fn a_lost_session_is_registered_again() {
    let mut site = online();
    site.server.forget();
    site.pass(60 * SECOND);
    assert_eq!(site.take_events(), ["Lost"]);
    site.pass(5 * SECOND);
    assert_eq!(site.take_events(), ["Registered", "QueryStarted", "Online"]);
    assert_eq!(site.server.listening.len(), 7);
}

#[test]
fn only_harmless_commands_are_sent_again() {
    let mut site = online();
    site.server.forget();
    site.server.done.clear();
    site.client.request(&admin::GetUsers::default()).unwrap();
    site.run();
    assert_eq!(
        site.verdicts
            .iter()
            .filter(|verdict| **verdict == Verdict::Again)
            .count(),
        1
    );
    assert!(
        site.server.done.contains(&"admin.GetUsers"),
        "{:?}",
        site.server.done
    );

    site.server.forget();
    site.server.done.clear();
    let dial = telephony::Dial {
        from: "3000".into(),
        to: "3001".into(),
        number_to_display: "1".into(),
        name_to_display: "a".into(),
        other: Other::new(),
    };
    site.client.request(&dial).unwrap();
    site.run();
    site.pass(10 * SECOND);
    assert!(!site.server.done.contains(&"telephony.Dial"));
    assert!(site.client.is_online());
}

#[test]
fn the_contact_centre_switches_over() {
    let mut site = online();
    let name = || cti_codec::openscape::Server {
        server_name: Some("10.80.2.206".into()),
        other: Other::new(),
    };
    site.event(telephony::Event::ServerDisconnected(name()));
    site.event(presence::Event::ServerDisconnected(name()));
    let media = presence::UserMediaNotReadyEvent {
        media_type: Some(MediaType::Voice),
        ..Default::default()
    };
    site.event(presence::Event::UserMediaNotReady(media));
    assert_eq!(site.take_events(), ["ServiceLost", "ServiceLost"]);
    site.server.done.clear();
    site.event(telephony::Event::ServerConnected(name()));
    assert!(site.server.done.is_empty());
    site.event(presence::Event::ServerConnected(name()));
    // Subscriptions are kept; the queries are not.
    assert_eq!(site.server.done, ["statistics.StartQuery"]);
    assert!(site.take_events().contains(&"LogAgentsOn".into()));
}

#[test]
fn a_voice_node_is_lost() {
    let mut site = online();
    site.server.done.clear();
    let media = presence::UserMediaNotReadyEvent {
        media_type: Some(MediaType::Voice),
        ..Default::default()
    };
    site.event(presence::Event::UserMediaNotReady(media));
    assert_eq!(site.take_events(), ["AskStates"]);
    assert!(site.server.done.is_empty());
}

#[test]
fn the_application_server_fails() {
    let mut site = Site::new(settings(&[
        "http://one.example:8080",
        "http://two.example:8080",
    ]));
    site.run();
    site.take_events();
    // A question and a call are under way.
    let question = site.client.request(&admin::GetUsers::default()).unwrap();
    let (id, _) = site.client.poll_request(site.now).unwrap();
    assert_eq!(id, question);
    site.server = Server {
        still_registered_elsewhere: 20,
        ..Default::default()
    };
    site.now += 10 * SECOND;
    site.client.handle_timeout(site.now);
    site.told();
    assert_eq!(site.take_events(), ["Unanswered", "Lost"]);
    assert_eq!(
        site.client.session().unwrap().server(),
        "http://two.example:8080"
    );
    assert!(site.client.poll_request(site.now).is_none(), "not at once");
    for _ in 0..20 {
        site.pass(5 * SECOND);
        assert_eq!(site.take_events(), ["Waiting"]);
    }
    site.pass(5 * SECOND);
    assert_eq!(site.take_events(), ["Registered", "QueryStarted", "Online"]);
    assert_eq!(site.server.listening.len(), 7);
    assert!(site.server.done.contains(&"admin.GetUsers"));
}

#[test]
fn a_refused_registration_stops_the_client() {
    let mut site = Site::new(settings(&["http://one.example:8080"]));
    site.server.client_token = "another".into();
    site.run();
    assert_eq!(site.take_events(), ["Stopped"]);
    assert!(site.client.is_idle());
    assert_eq!(site.client.poll_timeout(), None);
}

#[test]
fn a_refused_step_does_not_stop_the_others() {
    let mut site = Site::new(settings(&["http://one.example:8080"]));
    let (id, request) = site.client.poll_request(site.now).unwrap();
    let response = site.server.answer(&request);
    site.client.handle_response(site.now, id, &response);
    site.server.next = Some(outcome(ErrorCode::AdminInvalidCredentialsToLogon, "no"));
    site.run();
    let events = site.take_events();
    assert_eq!(events[..2], ["Registered", "NotDone"]);
    assert_eq!(events.last().unwrap(), "Online");
    assert!(!site.server.listening.is_empty());
}

#[test]
fn a_proxys_page_is_no_registration() {
    let mut site = Site::new(settings(&["http://one.example:8080"]));
    let mut page = http::Response::new(b"<html>".to_vec());
    *page.status_mut() = StatusCode::BAD_GATEWAY;
    site.server.next = Some(page);
    site.run();
    assert_eq!(site.take_events(), ["NotDone", "Lost"]);
    site.pass(5 * SECOND);
    assert_eq!(site.take_events(), ["Registered", "QueryStarted", "Online"]);
}

#[test]
fn a_closed_client_unregisters() {
    let mut site = online();
    site.client.close(site.now);
    site.run();
    assert_eq!(site.take_events(), ["Closed"]);
    assert_eq!(site.server.session, None);
    assert!(site.client.is_idle());
    let mut never = Client::new(settings(&["http://one.example:8080"]));
    never.close(Duration::ZERO);
    assert!(matches!(never.poll_event(), Some(ClientEvent::Closed)));
}

/// Once an answer has come, whatever it was to, the server is asked again a minute later.
#[test]
fn any_answer_puts_the_next_keep_alive_off() {
    let mut site = online();
    site.now += 30 * SECOND;
    site.client.request(&admin::GetUsers::default()).unwrap();
    site.run();
    assert_eq!(site.client.poll_timeout(), Some(90 * SECOND));
    // That to a registration, with which nothing else comes.
    let servers = vec![Session::new("http://one.example:8080").unwrap()];
    let mut alone = Site::new(Settings::new(servers, register()));
    alone.run();
    assert_eq!(alone.take_events(), ["Registered", "Online"]);
    assert_eq!(alone.client.poll_timeout(), Some(60 * SECOND));
}

#[test]
fn a_client_is_idle_before_it_starts_and_once_it_is_closed() {
    let mut site = online();
    assert!(!site.client.is_idle(), "it keeps the session alive");
    site.client.close(site.now);
    assert!(!site.client.is_idle(), "it has to unregister");
    site.run();
    assert!(site.client.is_idle());
    assert_eq!(site.client.poll_timeout(), None);
    assert!(Client::new(settings(&["http://one.example:8080"])).is_idle());
}
