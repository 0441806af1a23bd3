//! What is shown: events, campaigns, records.

use cti_codec::gsw::desktop::{Campaign, CampaignState, Desktop, Event, LogOutState, Record};
use cti_codec::gsw::{AttachedDataBuf, MessageType, Value};

use super::super::super::run::plain;

/// An event as a line, without the word before it; `None` for what nobody waits for.
pub(super) fn event(event: &Event, desktop: &Desktop) -> Option<String> {
    let word = |value: &dyn std::fmt::Debug| snake(&format!("{value:?}"));
    let named = |id| {
        desktop
            .campaign(id)
            .map_or_else(|| "gone".into(), |one| campaign(&one))
    };
    Some(match event {
        Event::Campaign { campaign: id } => format!("campaign {}", named(*id)),
        Event::Preview { campaign: id, link } => {
            let name = desktop
                .campaign(*id)
                .map(|one| text(one.name().to_string()));
            format!("link {} campaign={}", word(link), name.unwrap_or_default())
        }
        Event::Assigned { campaign: id } => format!("assigned {}", named(*id)),
        Event::Moved {
            campaign: id,
            from,
            to,
        } => {
            let name = desktop
                .campaign(*id)
                .map(|one| text(one.name().to_string()));
            format!(
                "moved from={from} to={to} campaign={}",
                name.unwrap_or_default()
            )
        }
        Event::StatusOver { answers, .. } => format!("status_over answers={answers}"),
        Event::Record { record, source } => format!(
            "record {} id={}/{}",
            word(source),
            record.application_id,
            record.handle
        ),
        Event::CallbackNoted { record } => {
            format!(
                "callback_noted id={}/{}",
                record.application_id, record.handle
            )
        }
        Event::Ended { record, why } => {
            format!(
                "ended {} id={}/{}",
                word(why),
                record.application_id,
                record.handle
            )
        }
        Event::Chain { chain, state } => format!(
            "chain {} id={}/{}",
            word(state),
            chain.application_id,
            chain.chain_id
        ),
        Event::Refused {
            message_type,
            error,
            text: said,
            ..
        } => format!(
            "refused {message_type} code={} text={}",
            error.0,
            text(said.to_string())
        ),
        Event::Unanswered { message_type, .. } => format!("unanswered {message_type}"),
        Event::Lost { message_type, .. } => format!("lost {message_type}"),
        Event::SentAgain { message_type, .. } => format!("sent_again {message_type}"),
        Event::Late { message_type, .. } => format!("late {message_type}"),
        Event::Foreign { message_type, .. } => format!("foreign {message_type}"),
        Event::Unclear { error, text: said } => {
            format!("unclear code={} text={}", error.0, text(said.to_string()))
        }
        Event::Incomplete { message, .. } => {
            format!("incomplete text={}", text(message.to_string()))
        }
        Event::RetryAt { at, .. } => format!("retry at={:.0}", at.as_secs_f64()),
        Event::LogOut { state, .. } => match state {
            LogOutState::Wait { seconds, .. } => format!("log_out wait seconds={seconds}"),
            other => format!("log_out {}", word(other)),
        },
        Event::MayLogOut { owed } => format!("may_log_out owed={owed}"),
        Event::Stopped { record, step } => format!(
            "stopped {} id={}/{}",
            word(step),
            record.application_id,
            record.handle
        ),
        Event::ReadyTimeOver { record } => {
            format!(
                "ready_time_over id={}/{}",
                record.application_id, record.handle
            )
        }
        Event::StillOpen { record } => {
            format!("still_open id={}/{}", record.application_id, record.handle)
        }
        Event::OverLimit { record, .. } => {
            format!("over_limit id={}/{}", record.application_id, record.handle)
        }
        Event::Warned { warning, .. } => format!("warned {}", word(warning)),
        Event::Unknown(data) => format!("unknown {}", list(data)),
        _ => return None,
    })
}

/// A name of a variant as a word of a line.
fn snake(name: &str) -> String {
    let mut word = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !word.is_empty() {
            word.push('_');
        }
        word.extend(letter.to_lowercase());
    }
    word
}

/// Text of the other side.
fn text(text: impl AsRef<str>) -> String {
    plain(text.as_ref())
}

pub(super) fn campaign(campaign: &Campaign<'_>) -> String {
    let state = match campaign.state {
        CampaignState::Loaded => "loaded".to_owned(),
        CampaignState::Started(mode) => format!("started mode={}", text(mode.to_string())),
    };
    let mut line = format!(
        "{state} application={} link={}",
        campaign.application_id,
        snake(&format!("{:?}", campaign.preview))
    );
    if campaign.assigned {
        line.push_str(" assigned");
    }
    if !campaign.confirmed {
        line.push_str(" unconfirmed");
    }
    format!("{line} name={}", text(campaign.name().to_string()))
}

pub(super) fn record(record: &Record<'_>) -> String {
    let mut line = format!(
        "{} id={}/{}",
        snake(&format!("{:?}", record.state)),
        record.id.application_id,
        record.id.handle
    );
    if let Some(chain) = record.chain {
        line.push_str(&format!(" chain={}", chain.chain_id));
    }
    line.push_str(&format!(" came={}", snake(&format!("{:?}", record.source))));
    for (is, word) in [
        (record.callback_noted, " callback_noted"),
        (record.result_wanted, " result_wanted"),
        (record.called_off, " called_off"),
        (!record.confirmed, " unconfirmed"),
    ] {
        if is {
            line.push_str(word);
        }
    }
    line
}

/// The pairs of a record, each as a line.
pub(super) fn pairs(record: &Record<'_>) -> Vec<String> {
    let pairs = record.data.into_iter().flatten();
    pairs
        .map(|pair| format!("{}={}", text(pair.key.to_string()), value(pair.value)))
        .collect()
}

fn value(value: Value<'_>) -> String {
    match value {
        Value::Str(words) | Value::Unicode(words) => text(words.to_string()),
        Value::Int(number) => number.to_string(),
        Value::Hidden => "*".into(),
        other => other.type_name().to_owned(),
    }
}

fn list(data: &AttachedDataBuf) -> String {
    let pairs = data.view().iter();
    let pairs = pairs.map(|pair| format!("{}={}", text(pair.key.to_string()), value(pair.value)));
    pairs.collect::<Vec<_>>().join(" ")
}

/// A message that was sent or that came.
pub(super) fn message(way: &str, data: &AttachedDataBuf) -> String {
    let kind = MessageType::of(data).map_or_else(|_| "unknown".to_owned(), |kind| kind.to_string());
    format!("{way} {kind} {}", list(data))
}
