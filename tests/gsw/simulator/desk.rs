//! A desktop made by hand, that sends what it is told to.

use std::time::Duration;

use cti_codec::gsw::simulator::{Command, Ocs, Plan, Transmit};
use cti_codec::gsw::{AttachedDataBuf, CampaignMode, ErrorCode, MessageType, ValueBuf, keys};

pub(super) const SPRING: &str = "Spring@Team 1";

/// A server with its client.
pub(super) struct Desk {
    pub(super) ocs: Ocs,
    pub(super) now: Duration,
}

/// A value of a request.
pub(super) enum Is {
    Number(i64),
    Text(&'static str),
}

impl From<i64> for Is {
    fn from(number: i64) -> Self {
        Is::Number(number)
    }
}

impl From<&'static str> for Is {
    fn from(text: &'static str) -> Self {
        Is::Text(text)
    }
}

/// A request with the pairs that all have, which others replace.
pub(super) fn request(name: &str, with: Vec<(&str, Is)>) -> AttachedDataBuf {
    let mut data = AttachedDataBuf::new();
    data.push(keys::AGENT_REQ_TYPE.name(), name);
    data.push("GSW_APPLICATION_ID", 139);
    data.push("GSW_CAMPAIGN_NAME", "Spring");
    data.push("GSW_CALLING_LIST", "Customers");
    data.push("GSW_REFERENCE_ID", 5);
    for (key, value) in with {
        data.remove(key);
        match value {
            Is::Text("") => {}
            Is::Text(text) => data.push(key, text),
            Is::Number(number) => data.push(key, ValueBuf::Int(number)),
        }
    }
    data
}

pub(super) fn kind(data: &AttachedDataBuf) -> String {
    match MessageType::of(data) {
        Ok(MessageType::Error) => {
            let code = data.view().find(keys::ERROR_NUMBER).unwrap().unwrap();
            format!("Error {}", code.0)
        }
        Ok(kind) => kind.to_string(),
        Err(error) => error.to_string(),
    }
}

impl Desk {
    pub(super) fn new(plan: Plan) -> Self {
        Desk {
            ocs: Ocs::new(plan),
            now: Duration::ZERO,
        }
    }

    /// Spring runs in Preview, both agents are logged in and have a preview session.
    pub(super) fn running(plan: Plan) -> Self {
        let mut desk = Self::new(plan);
        desk.command(start(CampaignMode::PREVIEW));
        for dn in ["2001", "2002"] {
            desk.command(Command::LogIn { dn: dn.into() });
            desk.ask_at(dn, request("PreviewDialingModeStart", vec![]));
        }
        desk.hear();
        desk
    }

    pub(super) fn command(&mut self, command: Command) {
        self.ocs.command(self.now, command).unwrap();
    }

    pub(super) fn hear(&mut self) -> Vec<Transmit> {
        core::iter::from_fn(|| self.ocs.poll_transmit(self.now)).collect()
    }

    /// What all desktops hear in some time.
    pub(super) fn pass(&mut self, time: Duration) -> Vec<Transmit> {
        let until = self.now + time;
        let mut heard = Vec::new();
        while let Some(due) = self.ocs.poll_timeout().filter(|due| *due <= until) {
            self.now = self.now.max(due);
            self.ocs.handle_timeout(self.now);
            heard.extend(self.hear());
        }
        self.now = until;
        heard
    }

    pub(super) fn ask_at(&mut self, dn: &str, request: AttachedDataBuf) -> Vec<Transmit> {
        self.ocs.handle_input(self.now, dn, &request);
        self.hear()
    }

    /// Asks at 2001, and names what comes of it.
    pub(super) fn ask(&mut self, name: &str, with: Vec<(&str, Is)>) -> Vec<String> {
        let heard = self.ask_at("2001", request(name, with));
        heard.iter().map(|sent| kind(&sent.data)).collect()
    }

    /// The handle of the next record of Spring for an agent.
    pub(super) fn preview(&mut self, dn: &str) -> i64 {
        let heard = self.ask_at(dn, request("PreviewRecordRequest", vec![]));
        let data = heard.first().map(|sent| sent.data.clone()).unwrap();
        assert_eq!(kind(&data), "PreviewRecord");
        data.view().get(keys::RECORD_HANDLE).unwrap()
    }

    pub(super) fn record(&self, handle: i64) -> &cti_codec::gsw::simulator::Record {
        let mut all = self.ocs.allotments().iter();
        let one = all.find(|one| one.record_handle == handle).unwrap();
        &self.ocs.records()[one.record]
    }

    pub(super) fn chain(&self, chain_id: i64) -> Vec<&cti_codec::gsw::simulator::Record> {
        let records = self.ocs.records().iter();
        records
            .filter(|record| record.chain_id == chain_id)
            .collect()
    }
}

pub(super) fn start(mode: CampaignMode<'static>) -> Command {
    Command::Start {
        group: SPRING.into(),
        mode,
    }
}

pub(super) fn error(code: ErrorCode) -> Vec<String> {
    vec![format!("Error {}", code.0)]
}
