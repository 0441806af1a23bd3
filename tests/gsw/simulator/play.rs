//! Plays a flow of `gsw-flows.json` from the server's side: what the desktop sends goes in, what the
//! server is to send has to come out, and after each step the truth is as the flow says.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use cti_codec::gsw::simulator::{
    Agent, Application, Command, Fault, Group, Ocs, Plan, Reaction, Record, Session, Transmit,
};
use cti_codec::gsw::{
    AttachedDataBuf, CallResult, CallTime, CampaignMode, DateTime, MessageType, PhoneType,
    RecordType, TzOffset, UnixTime, ValueBuf, keys,
};
use serde_json::Value;

/// The desktop that a flow is about, and the other one.
pub(super) const DN: &str = "2001";
pub(super) const OTHER: &str = "2002";

/// What is done before a step, for the server to be in the place to answer as the flow has it.
pub(super) enum Before {
    Do(Command),
    /// What it sends is lost on the way.
    Unheard(Command),
    /// The next request of a type is treated so.
    Next(&'static str, Reaction),
    /// Another client of the DN sends the request that the coming step answers.
    Foreign(&'static str),
    /// Time passes.
    Pass(Duration),
}

pub(super) fn pairs(of: &Value) -> AttachedDataBuf {
    let mut data = AttachedDataBuf::new();
    for (key, value) in of.as_object().unwrap() {
        let value = match value {
            Value::Number(number) => ValueBuf::Int(number.as_i64().unwrap()),
            text => ValueBuf::from(text.as_str().unwrap()),
        };
        data.push(key, value);
    }
    data
}

fn text<'a>(step: &'a Value, key: &str) -> Option<&'a str> {
    step[key].as_str()
}

fn number(pairs: &Value, key: &str) -> Option<i64> {
    pairs[key].as_i64()
}

/// The steps of a flow with those of its prefixes before them.
pub(super) fn steps(file: &Value, flow: &Value) -> (usize, Vec<Value>) {
    let mut steps = Vec::new();
    for prefix in flow["prefix"].as_array().into_iter().flatten() {
        let prefix = prefix.as_str().unwrap();
        steps.extend(file["prefixes"][prefix].as_array().unwrap().iter().cloned());
    }
    let before = steps.len();
    steps.extend(flow["steps"].as_array().unwrap().iter().cloned());
    (before, steps)
}

/// The records that a flow shows.
pub(super) fn records(steps: &[Value]) -> Vec<(i64, Record)> {
    let mut records: Vec<(i64, Record)> = Vec::new();
    for step in steps {
        let kind = text(step, "message").unwrap_or_default();
        let pairs = match kind {
            "PreviewRecord" | "ChainedRecord" | "ScheduledCall" => &step["pairs"],
            _ if step["call"].is_object() => &step["call"],
            _ => continue,
        };
        let handle = number(pairs, "GSW_RECORD_HANDLE").unwrap();
        let chain_id = number(pairs, "GSW_CHAIN_ID").unwrap();
        if records.iter().any(|(known, _)| *known == handle) {
            continue;
        }
        let in_chain = records
            .iter()
            .filter(|(_, record)| record.chain_id == chain_id);
        let mut record = Record {
            calling_list: "Customers".into(),
            chain_id,
            chain_n: i64::try_from(in_chain.count()).unwrap(),
            phone: pairs["GSW_PHONE"].as_str().unwrap().into(),
            phone_type: PhoneType::DIRECT_BUSINESS_PHONE,
            tz_offset: TzOffset(-18_000),
            customer_id: "C-1".into(),
            call_result: CallResult(number(pairs, "GSW_CALL_RESULT").unwrap()),
            call_time: CallTime::NEVER,
            ..Record::default()
        };
        if let Some(DateTime::At(at)) = pairs["GSW_DATE_TIME"].as_str().map(DateTime::from) {
            record.date_time = Some(at);
            record.record_type = RecordType::PERSONAL_CALLBACK;
            record.agent = Some(DN.into());
        }
        if let Some(account) = pairs["Account"].as_str() {
            record.fields.push(("Account".into(), account.into()));
        }
        records.push((handle, record));
    }
    records
}

/// 2027-05-27 10:55, five hours west of UTC: when the callbacks of the flows are due.
pub(super) const DUE: UnixTime = UnixTime(1_811_433_300);
/// 2027-05-03.
pub(super) const BEFORE: UnixTime = UnixTime(1_809_349_200);

pub(super) fn plan(records: Vec<Record>, scheduled: bool) -> Plan {
    let group = |campaign: &str| Group {
        name: format!("{campaign}@Team 1").into(),
        campaign_name: campaign.into(),
        calling_lists: vec!["Customers".into()],
        ..Group::default()
    };
    let agent = |dn: &str, logged_in| Agent {
        dn: dn.into(),
        groups: vec!["Spring@Team 1".into(), "Autumn@Team 1".into()],
        logged_in,
        ..Agent::default()
    };
    let application = |application_id, next_handle| Application {
        application_id,
        next_handle,
        alive: true,
    };
    Plan {
        applications: vec![application(139, 283), application(141, 17)],
        groups: vec![group("Spring"), group("Autumn")],
        records,
        agents: vec![agent(DN, true), agent(OTHER, true)],
        origin: if scheduled { DUE } else { BEFORE },
        ..Plan::quiet()
    }
}

pub(super) struct Play {
    pub(super) name: String,
    pub(super) ocs: Ocs,
    pub(super) now: Duration,
    /// What was sent and no step has shown yet.
    queue: VecDeque<Transmit>,
    /// What the flow says of the desktop.
    campaigns: BTreeMap<String, String>,
    preview: BTreeMap<String, String>,
    records: BTreeMap<String, String>,
    outstanding: usize,
    last: BTreeMap<String, AttachedDataBuf>,
    pub(super) compared: usize,
}

impl Play {
    pub(super) fn new(name: &str, plan: Plan) -> Self {
        Self {
            name: name.into(),
            ocs: Ocs::new(plan),
            now: Duration::ZERO,
            queue: VecDeque::new(),
            campaigns: BTreeMap::new(),
            preview: BTreeMap::new(),
            records: BTreeMap::new(),
            outstanding: 0,
            last: BTreeMap::new(),
            compared: 0,
        }
    }

    fn hear(&mut self) {
        while let Some(sent) = self.ocs.poll_transmit(self.now) {
            self.queue.push_back(sent);
        }
    }

    /// Time passes, with all that is due in it.
    fn advance(&mut self, at: Duration) {
        while let Some(due) = self.ocs.poll_timeout() {
            if due > at {
                break;
            }
            self.now = self.now.max(due);
            self.ocs.handle_timeout(self.now);
            self.hear();
        }
        self.now = self.now.max(at);
    }

    pub(super) fn before(&mut self, before: &Before, step: &Value) {
        self.hear();
        match before {
            Before::Do(command) => self.ocs.command(self.now, command.clone()).unwrap(),
            Before::Unheard(command) => {
                self.ocs.command(self.now, command.clone()).unwrap();
                while self.ocs.poll_transmit(self.now).is_some() {}
            }
            Before::Next(request, reaction) => {
                let mut types = MessageType::ALL.iter().copied();
                let request = types.find(|one| one.to_string() == *request && one.is_request());
                let (request, reaction) = (Some(request.unwrap()), *reaction);
                self.ocs
                    .command(self.now, Command::Next { request, reaction })
                    .unwrap();
            }
            Before::Pass(time) => self.advance(self.now + *time),
            Before::Foreign(request) => {
                let mut data = pairs(&step["pairs"]);
                data.remove(keys::USER_EVENT.name());
                data.push(keys::AGENT_REQ_TYPE.name(), *request);
                self.ocs.handle_input(self.now, DN, &data);
            }
        }
        self.hear();
    }

    /// The next record gets the handle that the flow has for it.
    fn number(&mut self, message: &str, handle: Option<i64>, application_id: i64) {
        let new = matches!(message, "PreviewRecord" | "ScheduledCall" | "call");
        let used =
            self.ocs.allotments().iter().any(|one| {
                one.application_id == application_id && Some(one.record_handle) == handle
            });
        if let (true, false, Some(next_handle)) = (new, used, handle) {
            let command = Command::Renumber {
                application_id,
                next_handle,
            };
            self.ocs.command(self.now, command).unwrap();
        }
    }

    /// The time of a step comes.
    pub(super) fn reach(&mut self, step: &Value) {
        let at = step["at"].as_f64().unwrap_or_default();
        self.advance(Duration::from_secs_f64(at));
        self.hear();
    }

    pub(super) fn step(&mut self, step: &Value, following: &[Value], compared: bool) {
        // Whatever is fetched by what comes now has its handle in the steps to come.
        for next in core::iter::once(step).chain(following) {
            let message = text(next, "message").unwrap_or_default();
            let (message, pairs) = if next["call"].is_object() {
                ("call", &next["call"])
            } else {
                (message, &next["pairs"])
            };
            let handle = number(pairs, "GSW_RECORD_HANDLE");
            let id = number(pairs, "GSW_APPLICATION_ID").unwrap_or(139);
            let known = handle.is_some_and(|handle| {
                let all = self.ocs.allotments().iter();
                all.clone()
                    .any(|one| one.application_id == id && one.record_handle == handle)
            });
            if matches!(message, "PreviewRecord" | "ScheduledCall" | "call") && !known {
                self.number(message, handle, id);
                break;
            }
        }
        match text(step, "from").unwrap_or_default() {
            "desktop" if step["to"] == "ocs" => self.ask(DN, step),
            "other desktop" => self.ask(OTHER, step),
            "desktop" => self.command(Command::LogOut { dn: DN.into() }),
            "ocs" if step["to"] == "other desktop" => self.expect(OTHER, step),
            "ocs" => self.expect(DN, step),
            "tserver" if step["call"].is_object() => {
                self.command(Command::Call {
                    dn: DN.into(),
                    group: "Spring@Team 1".into(),
                });
                let call = self.queue.iter().position(|sent| sent.is_call).unwrap();
                let call = self.queue.remove(call).unwrap();
                self.compare(&step["call"], &call.data);
            }
            "tserver" => self.command(Command::LogOut { dn: DN.into() }),
            _ => {}
        }
        for event in step["expect"]["events"].as_array().into_iter().flatten() {
            if let Some(again) = event.as_str().unwrap().strip_prefix("resend ") {
                let data = self.last[again].clone();
                self.ocs.handle_input(self.now, DN, &data);
                self.hear();
            }
        }
        self.note(&step["expect"]);
        if compared {
            self.check();
        }
    }

    fn command(&mut self, command: Command) {
        let done = self.ocs.command(self.now, command);
        done.unwrap_or_else(|why| panic!("{}: {why}", self.name));
        self.hear();
    }

    fn ask(&mut self, dn: &str, step: &Value) {
        if step["local"].is_string() {
            return;
        }
        let data = pairs(&step["pairs"]);
        if dn == DN {
            self.last
                .insert(text(step, "message").unwrap().into(), data.clone());
        }
        self.ocs.handle_input(self.now, dn, &data);
        self.hear();
    }

    /// What the server is to send now has been sent, or is by an act that the message tells of.
    fn expect(&mut self, dn: &str, step: &Value) {
        if !self.take(dn, step) {
            self.act(step);
            assert!(
                self.take(dn, step),
                "{}: {step} did not come: {:?}",
                self.name,
                self.queue
            );
        }
    }

    fn take(&mut self, dn: &str, step: &Value) -> bool {
        let wanted = text(step, "message").unwrap();
        let handle = |data: &AttachedDataBuf| data.view().find(keys::RECORD_HANDLE).unwrap();
        let handles = wanted == "ChainedRecord" || wanted.ends_with("Acknowledge");
        let place = self.queue.iter().position(|sent| {
            let kind = MessageType::of(&sent.data).map(|kind| kind.to_string());
            let group = |data: &AttachedDataBuf| {
                data.view()
                    .find(keys::CAMPAIGN_GROUP_NAME)
                    .unwrap()
                    .map(|name| name.to_string())
            };
            let expected = pairs(&step["pairs"]);
            sent.dn == dn
                && kind.as_deref() == Ok(wanted)
                && (!handles || handle(&sent.data) == handle(&expected))
                && (!wanted.starts_with("Campaign") || group(&sent.data) == group(&expected))
        });
        let Some(place) = place else { return false };
        let sent = self.queue.remove(place).unwrap();
        self.compare(&step["pairs"], &sent.data);
        true
    }

    /// Every pair that the flow shows is there.
    fn compare(&mut self, expected: &Value, sent: &AttachedDataBuf) {
        for pair in pairs(expected).view() {
            let key = pair.key.to_string();
            // What neither the flow nor the protocol means anything by.
            if key.ends_with("DESCRIPTION") {
                continue;
            }
            let found = sent.view().value(&key);
            assert_eq!(found, Some(pair.value), "{}: {key} of {sent:?}", self.name);
            self.compared += 1;
        }
    }

    fn act(&mut self, step: &Value) {
        let pairs = &step["pairs"];
        let group = pairs["GSW_CAMPAIGN_GROUP_NAME"]
            .as_str()
            .unwrap_or_default();
        let mode = || CampaignMode::new(pairs["GSW_CAMPAIGN_MODE"].as_str().unwrap());
        let mode = || match mode() {
            CampaignMode::PREVIEW => CampaignMode::PREVIEW,
            CampaignMode::PREDICTIVE => CampaignMode::PREDICTIVE,
            CampaignMode::PROGRESSIVE => CampaignMode::PROGRESSIVE,
            other => panic!("{other}"),
        };
        let id = number(pairs, "GSW_APPLICATION_ID").unwrap();
        let command = match text(step, "message").unwrap() {
            _ if id != self.ocs.primary() => Command::SwitchOver {
                application_id: id,
                former_alive: true,
            },
            "CampaignLoaded" => Command::Load {
                group: group.into(),
            },
            "CampaignStarted" => Command::Start {
                group: group.into(),
                mode: mode(),
            },
            "CampaignModeChanged" => Command::ChangeMode {
                group: group.into(),
                mode: mode(),
            },
            "CampaignStopped" => Command::Stop {
                group: group.into(),
            },
            "CampaignUnloaded" => Command::Unload {
                group: group.into(),
            },
            "CampaignGroupAssigned" => Command::Assign {
                dn: DN.into(),
                group: group.into(),
            },
            "PreviewRecord" => Command::Push {
                dn: DN.into(),
                group: group.into(),
            },
            other => panic!("{}: {other} did not come: {:?}", self.name, self.queue),
        };
        self.command(command);
    }

    fn note(&mut self, expect: &Value) {
        let take = |map: &mut BTreeMap<String, String>, key: &str| {
            for (name, value) in expect[key].as_object().into_iter().flatten() {
                match value.as_str() {
                    Some(value) => map.insert(name.clone(), value.into()),
                    None => map.remove(name),
                };
            }
        };
        take(&mut self.campaigns, "campaigns");
        take(&mut self.preview, "preview");
        take(&mut self.records, "records");
        if let Some(outstanding) = expect["outstanding"].as_array() {
            self.outstanding = outstanding.len();
        }
    }

    /// The truth is what the flow says of the desktop, as soon as nothing is on its way.
    fn check(&mut self) {
        if self.outstanding > 0 || self.queue.iter().any(|sent| sent.dn == DN) {
            return;
        }
        let primary = self.ocs.primary();
        let mut campaigns = BTreeMap::new();
        for group in self.ocs.groups() {
            let state = match group.session {
                Session::Unloaded => continue,
                Session::Loaded => "loaded".to_owned(),
                Session::Started(mode) => format!("started {mode}"),
            };
            campaigns.insert(format!("{primary}/{}", group.name), state);
        }
        // What was never told is not known.
        campaigns.retain(|name, _| self.campaigns.contains_key(name));
        assert_eq!(campaigns, self.campaigns, "{}", self.name);
        let agent = self.ocs.agent(DN).unwrap();
        for group in self.ocs.groups() {
            let key = format!("{primary}/{}", group.name);
            let linked = agent.linked.contains(&group.name);
            let started = self
                .campaigns
                .get(&key)
                .is_some_and(|state| state == "started Preview");
            let on = self.preview.get(&key).is_some_and(|state| state == "on");
            if started {
                assert_eq!(linked, on, "{}: preview session of {key}", self.name);
            }
        }
        let key = |one: &cti_codec::gsw::simulator::Allotment| {
            format!("{}/{}", one.application_id, one.record_handle)
        };
        let here: BTreeSet<String> = self.ocs.on_desktop(DN).map(key).collect();
        let said: BTreeSet<String> = self.records.keys().cloned().collect();
        assert_eq!(here, said, "{}: records", self.name);
        for one in self.ocs.on_desktop(DN) {
            let rescheduled = self.records[&key(one)] == "rescheduled";
            assert_eq!(one.draft.callback.is_some(), rescheduled, "{}", self.name);
        }
    }

    pub(super) fn fault(&mut self, fault: Fault) {
        self.ocs.set_fault(fault, true);
    }

    /// Nothing was sent that the flow does not have.
    pub(super) fn left(&self) -> Vec<String> {
        let left = self.queue.iter().filter(|sent| sent.dn == DN);
        left.map(|sent| MessageType::of(&sent.data).unwrap().to_string())
            .collect()
    }
}
