//! The summary as one object.

use cti_codec::capture::VersionSource;
use cti_codec::ccx::MessageType;
use serde_json::{Map, Value, json};

use super::{Count, Requests, Summary};

impl Summary {
    /// The whole. Times of answers are in nanoseconds.
    pub(crate) fn json(&self) -> Value {
        let mut whole = Map::new();
        if self.packets.count > 0 {
            let mut capture = Map::new();
            if let (Some(first), Some(last)) = (self.first, self.last) {
                capture.insert("from".into(), first.to_string().into());
                capture.insert("to".into(), last.to_string().into());
            }
            capture.insert("packets".into(), self.packets.count.into());
            capture.insert("bytes".into(), self.packets.bytes.into());
            capture.insert("cut_packets".into(), self.cut_packets.into());
            capture.insert("lost_packets".into(), self.lost_packets.into());
            whole.insert("capture".into(), capture.into());
            whole.insert("sessions".into(), self.sessions_json());
        }
        let messages: Map<String, Value> = self
            .types
            .iter()
            .map(|(message_type, of_type)| {
                let value = json!({
                    "id": message_type.0,
                    "count": of_type.all.count,
                    "bytes": of_type.all.bytes,
                    "undecodable": of_type.undecodable,
                    "findings": of_type.findings,
                });
                (name(*message_type), value)
            })
            .collect();
        whole.insert("messages".into(), messages.into());
        if self.packets.count > 0 {
            let requests = self.requests.iter();
            let requests: Map<String, Value> = requests
                .map(|(message_type, requests)| (name(*message_type), requests.json()))
                .collect();
            whole.insert("requests".into(), requests.into());
        }
        let findings = self.findings();
        let findings = findings.iter().map(|(message_type, field, kind, count)| {
            json!({
                "message": name(*message_type),
                "field": field.to_string(),
                "name": kind,
                "count": count,
            })
        });
        whole.insert("findings".into(), findings.collect());
        if self.packets.count > 0 {
            let holes = json!({ "lost": self.lost.json(), "cut": self.cut.json() });
            whole.insert("holes".into(), holes);
            let unreadable: Map<String, Value> = self
                .unreadable
                .iter()
                .map(|(name, count)| ((*name).to_owned(), count.json()))
                .collect();
            whole.insert("unreadable".into(), unreadable.into());
            let unread = self.unread.iter().map(|((protocol, ended), count)| {
                json!({
                    "protocol": protocol,
                    "ended": ended,
                    "connections": count.count,
                    "bytes": count.bytes,
                })
            });
            whole.insert("unread".into(), unread.collect());
        }
        whole.into()
    }

    fn sessions_json(&self) -> Value {
        let sessions = &self.sessions;
        let (notable, others) = sessions.listed();
        let listed = notable.len().saturating_add(others.len());
        let mut list: Vec<_> = notable.into_iter().chain(others).collect();
        list.sort_by_key(|known| known.session.number);
        let list = list.into_iter().map(|known| {
            let session = &known.session;
            let mut one = Map::new();
            one.insert("session".into(), session.number.into());
            one.insert("client".into(), session.client.to_string().into());
            one.insert("server".into(), session.server.to_string().into());
            one.insert("version".into(), known.version.number().into());
            let source = match known.source {
                VersionSource::Given => "given",
                VersionSource::Asked => "asked",
                VersionSource::Guessed => "guessed",
                VersionSource::Default => "default",
            };
            one.insert("version_source".into(), source.into());
            one.insert("messages".into(), known.messages.into());
            one.insert("holes".into(), known.holes.into());
            one.insert("opened".into(), known.begun.text().into());
            one.insert("ended".into(), known.ended.clone().into());
            if let Some(last) = known.last {
                one.insert("last".into(), last.to_string().into());
            }
            Value::from(one)
        });
        let text = |(begun, count): (&super::sessions::Begun, &u64)| (begun.text(), *count);
        let begun: Map<String, Value> = sessions
            .begun
            .iter()
            .map(text)
            .map(|(text, count)| (text, count.into()))
            .collect();
        let refusals: Map<String, Value> = sessions
            .refusals
            .iter()
            .map(|(status, count)| (status.to_string(), (*count).into()))
            .collect();
        let lost: Map<String, Value> = sessions
            .lost
            .iter()
            .map(|(how, count)| (how.clone(), (*count).into()))
            .collect();
        json!({
            "count": sessions.count,
            "opened": begun,
            "refusals": refusals,
            "closed": sessions.in_order,
            "lost": lost,
            "open_at_end": sessions.open_at_end,
            "one_direction_only": sessions.one_sided,
            "list": list.collect::<Vec<_>>(),
            "not_listed": sessions.count.saturating_sub(super::long(listed)),
        })
    }
}

impl Count {
    fn json(self) -> Value {
        json!({ "count": self.count, "bytes": self.bytes })
    }
}

impl Requests {
    fn json(&self) -> Value {
        let failed: Map<String, Value> = self
            .failed
            .iter()
            .map(|(failure, count)| (failure.name(), (*count).into()))
            .collect();
        let mut one = Map::new();
        one.insert("count".into(), self.count.into());
        one.insert("answered".into(), self.answered.into());
        one.insert("failed".into(), failed.into());
        one.insert("unanswered".into(), self.unanswered.into());
        for (key, percent) in [("median_ns", 50), ("p99_ns", 99)] {
            if let Some(time) = self.times.percentile(percent) {
                one.insert(key.into(), time.into());
            }
        }
        one.into()
    }
}

fn name(message_type: MessageType) -> String {
    message_type.to_string()
}
