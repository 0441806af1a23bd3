//! Each type of request of the guide gets its confirmation, or the failure that the guide has for it.

use cti_codec::ccx::simulator::{Plan, Simulator};
use cti_codec::ccx::{Message, MessageType, OpenReq, Version};
use oracles::ccx::Style;

use crate::common::{defaults, layout};
use crate::samples;

#[path = "../ccx/simulator/peer.rs"]
#[allow(dead_code, reason = "a part of it is used here")]
mod peer;
use peer::Peer;

/// The types that a client may send in an open session and that are answered.
fn requests() -> Vec<Message<'static>> {
    let of_the_session = [
        MessageType::OPEN_REQ,
        MessageType::HEARTBEAT_REQ,
        MessageType::CLOSE_REQ,
    ];
    defaults()
        .into_iter()
        .filter(|message| {
            let kind = message.message_type();
            let answered =
                kind.confirmation().is_some() || kind == MessageType::CONFIG_REQUEST_EVENT;
            answered && !of_the_session.contains(&kind)
        })
        .collect()
}

/// Sends a request as it is; gives the types of what comes, once the answer is among it.
fn answered(simulator: &mut Simulator, peer: &mut Peer, request: Message<'_>) -> MessageType {
    let kind = request.message_type();
    peer.send(simulator, request);
    let invoke_id = peer.invoke_id;
    let frames = peer.frames(simulator);
    let mut answers = frames.iter().filter(|frame| match kind {
        MessageType::CONFIG_REQUEST_KEY_EVENT => matches!(
            frame.message_type(),
            MessageType::CONFIG_KEY_EVENT | MessageType::FAILURE_CONF
        ),
        MessageType::CONFIG_REQUEST_EVENT => matches!(
            frame.message_type(),
            MessageType::CONFIG_END_EVENT | MessageType::FAILURE_CONF
        ),
        _ => {
            let name = frame.message_type().to_string();
            name.ends_with("_CONF") && frame.invoke_id() == Some(invoke_id)
        }
    });
    let answer = answers
        .next()
        .unwrap_or_else(|| panic!("{kind}: {frames:?}"));
    if kind != MessageType::CONFIG_REQUEST_EVENT {
        assert!(
            answers.next().is_none(),
            "{kind} is answered twice: {frames:?}"
        );
    }
    answer.message_type()
}

#[test]
fn is_answered_once() {
    let all = requests();
    assert!(all.len() >= 25, "{}", all.len());
    let mut confirmed = 0;
    for version in [Version::V10, Version::V14, Version::V18] {
        let mut simulator = Simulator::new(Plan::default());
        let mut peer = Peer::connect(&mut simulator, version, &OpenReq::bridge_mode());
        assert_eq!(peer.types(&mut simulator), [MessageType::OPEN_CONF]);
        for request in &all {
            let kind = request.message_type();
            let fits = |answer| {
                Some(answer) == kind.confirmation()
                    || answer == MessageType::FAILURE_CONF
                    || answer == MessageType::CONTROL_FAILURE_CONF
                    || answer == MessageType::CONFIG_END_EVENT
            };
            // As little as can be sent, and all that can be.
            let answer = answered(&mut simulator, &mut peer, *request);
            assert!(fits(answer), "{kind}: {answer}");
            for seed in 0..20 {
                let tree =
                    samples::seeded(layout(kind.name().unwrap()), version, Style::Lawful, seed);
                let body = tree.body();
                let sample = samples::decode(&tree, &body);
                let answer = answered(&mut simulator, &mut peer, sample);
                assert!(fits(answer), "{kind}: {answer}");
                confirmed += usize::from(Some(answer) == kind.confirmation());
            }
        }
        assert_eq!(simulator.mistakes(), [] as [&str; 0]);
    }
    assert!(confirmed > 0);
}
