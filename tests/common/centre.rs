//! A small contact centre on a span port: what `examples/data/centre.pcap` holds, and how it is made.

use std::net::SocketAddr;

use bytes::BytesMut;
use cti_codec::capture::{Closed, Session, Side, Time, Writer};
use cti_codec::ccx::{Version, json};
use serde_json::Value;

/// 2024-11-19 07:06:40 UTC.
pub(crate) const START: i64 = 1_732_000_000;

const SESSIONS: [(&str, &str, bool); 6] = [
    // A wallboard, in bridge mode.
    ("10.1.1.20:50001", "10.1.1.2:12028", true),
    // The desktop of jdoe.
    ("10.1.1.31:50102", "10.1.1.2:12028", true),
    // The desktop of asmith, which was connected before the capture began.
    ("10.1.1.32:50103", "10.1.1.2:12028", false),
    // A desktop that tries the node that is not the master.
    ("10.1.1.33:50104", "10.1.1.3:12028", true),
    // TLS.
    ("10.1.1.34:50105", "10.1.1.2:42027", true),
    // Nobody listens.
    ("10.1.1.35:50106", "10.1.1.3:42027", true),
];

/// Milliseconds since the start, the session, who sends, and what.
const SCRIPT: &str = r#"
0 1 client {"message":"OPEN_REQ","fields":{"InvokeID":1,"VersionNumber":18,"IdleTimeout":60,"ServicesRequested":["CTI_SERVICE_ALL_EVENTS"],"ClientID":"wallboard","ClientPassword":{"hex":"73656372657400"},"ClientSignature":"Wallboard 3"}}
4 1 server {"message":"FAILURE_CONF","fields":{"InvokeID":1,"Status":"E_CTI_INVALID_VERSION"}}
10 1 client {"message":"OPEN_REQ","fields":{"InvokeID":2,"VersionNumber":14,"IdleTimeout":60,"ServicesRequested":["CTI_SERVICE_ALL_EVENTS"],"ClientID":"wallboard","ClientPassword":{"hex":"73656372657400"},"ClientSignature":"Wallboard 3"}}
22 1 server {"message":"OPEN_CONF","fields":{"InvokeID":2,"ServicesGranted":["CTI_SERVICE_ALL_EVENTS"],"UnifiedCCXOnline":true,"AgentState":"AGENT_STATE_LOGOUT","NumPeripherals":0}}
50 2 client {"message":"OPEN_REQ","fields":{"InvokeID":1,"VersionNumber":14,"IdleTimeout":60,"ServicesRequested":["CTI_SERVICE_CLIENT_EVENTS"],"ClientID":"jdoe","ClientPassword":{"hex":"00"},"ClientSignature":"Desktop jdoe","AgentExtension":"2006","AgentInstrument":"SEP00112233AABB","AgentID":"jdoe"}}
63 2 server {"message":"OPEN_CONF","fields":{"InvokeID":1,"ServicesGranted":["CTI_SERVICE_CLIENT_EVENTS"],"UnifiedCCXOnline":true,"AgentState":"AGENT_STATE_LOGOUT","AgentExtension":"2006","AgentInstrument":"SEP00112233AABB","AgentID":"jdoe"}}
80 2 client {"message":"SET_AGENT_STATE_REQ","fields":{"InvokeID":2,"AgentState":"AGENT_STATE_LOGIN","AgentInstrument":"2006","AgentPassword":"tops3cret","AgentID":"jdoe"}}
130 2 server {"message":"SET_AGENT_STATE_CONF","fields":{"InvokeID":2}}
131 2 server {"message":"AGENT_STATE_EVENT","fields":{"AgentState":"AGENT_STATE_LOGIN","AgentExtension":"2006","AgentInstrument":"SEP00112233AABB","AgentID":"jdoe"}}
131 1 server {"message":"AGENT_STATE_EVENT","fields":{"AgentState":"AGENT_STATE_LOGIN","AgentExtension":"2006","AgentInstrument":"SEP00112233AABB","AgentID":"jdoe"}}
200 3 client {"message":"HEARTBEAT_REQ","fields":{"InvokeID":41}}
202 3 server {"message":"HEARTBEAT_CONF","fields":{"InvokeID":41}}
300 2 client {"message":"SET_AGENT_STATE_REQ","fields":{"InvokeID":3,"AgentState":"AGENT_STATE_READY","AgentInstrument":"2006","AgentID":"jdoe"}}
325 2 server {"message":"SET_AGENT_STATE_CONF","fields":{"InvokeID":3}}
326 2 server {"message":"AGENT_STATE_EVENT","fields":{"AgentState":"AGENT_STATE_READY","AgentExtension":"2006","AgentInstrument":"SEP00112233AABB","AgentID":"jdoe"}}
326 1 server {"message":"AGENT_STATE_EVENT","fields":{"AgentState":"AGENT_STATE_READY","AgentExtension":"2006","AgentInstrument":"SEP00112233AABB","AgentID":"jdoe"}}
327 1 server {"message":"AGENT_STATE_EVENT","fields":{"AgentState":"AGENT_STATE_READY","AgentExtension":"2007","AgentInstrument":"2007","AgentID":"asmith"}}
400 4 client {"message":"OPEN_REQ","fields":{"InvokeID":1,"VersionNumber":14,"IdleTimeout":60,"ServicesRequested":["CTI_SERVICE_CLIENT_EVENTS"],"ClientID":"bwayne","ClientPassword":{"hex":"00"},"AgentExtension":"2008","AgentID":"bwayne"}}
409 4 server {"message":"FAILURE_CONF","fields":{"InvokeID":1,"Status":"E_CTI_SERVER_NOT_MASTER","Text":"bwayne must use the other node"}}
410 4 finished
500 5 client bytes 16030300050100000000
510 5 server bytes 160303003a0200003603030000000000000000000000000000000000000000000000000000000000000000000013010000000000000000000000000000
600 6 refused
5000 1 server {"message":"BEGIN_CALL_EVENT","fields":{"CallType":"CALLTYPE_CCX_IN","ConnectionDeviceType":"CONNECTION_ID_STATIC","CallID":16777507,"ConnectionDeviceID":"6001","ANI":"4930123456","DNIS":"8005550100","DialedNumber":"8005550100","CallerEnteredDigits":"4711","CallVariable1":"Erika Mustermann","NamedVariables":[{"name":"user.contract","value":"K-20417"}]}}
5001 1 server {"message":"CALL_QUEUED_EVENT","fields":{"ConnectionDeviceType":"CONNECTION_ID_STATIC","CallID":16777507,"QueueDeviceType":"DEVID_CTI_PORT","CallingDeviceType":"DEVID_NON_ACD_DEVICE_IDENTIFIER","CalledDeviceType":"DEVID_ROUTE_POINT","LocalConnectionState":"LCS_QUEUED","ConnectionDeviceID":"6001","QueueDeviceID":"6001","CallingDeviceID":"4930123456","CalledDeviceID":"6000","CSQs":[{"CSQID":12}]}}
9000 1 server {"message":"CALL_DELIVERED_EVENT","fields":{"ConnectionDeviceType":"CONNECTION_ID_STATIC","CallID":16777507,"CSQID":12,"AlertingDeviceType":"DEVID_AGENT_DEVICE","CallingDeviceType":"DEVID_NON_ACD_DEVICE_IDENTIFIER","CalledDeviceType":"DEVID_ROUTE_POINT","LocalConnectionState":"LCS_ALERTING","ConnectionDeviceID":"2006","AlertingDeviceID":"2006","CallingDeviceID":"4930123456","CalledDeviceID":"6000"}}
9001 2 server {"message":"BEGIN_CALL_EVENT","fields":{"CallType":"CALLTYPE_CCX_IN","ConnectionDeviceType":"CONNECTION_ID_STATIC","CallID":16777507,"ConnectionDeviceID":"2006","ANI":"4930123456","DNIS":"8005550100","CallVariable1":"Erika Mustermann"}}
9002 2 server {"message":"CALL_DELIVERED_EVENT","fields":{"ConnectionDeviceType":"CONNECTION_ID_STATIC","CallID":16777507,"CSQID":12,"AlertingDeviceType":"DEVID_AGENT_DEVICE","CallingDeviceType":"DEVID_NON_ACD_DEVICE_IDENTIFIER","CalledDeviceType":"DEVID_ROUTE_POINT","LocalConnectionState":"LCS_ALERTING","ConnectionDeviceID":"2006","AlertingDeviceID":"2006","CallingDeviceID":"4930123456","CalledDeviceID":"6000"}}
11000 2 client {"message":"ANSWER_CALL_REQ","fields":{"InvokeID":4,"CallID":16777507,"ConnectionDeviceType":"CONNECTION_ID_STATIC","ConnectionDeviceID":"2006","AgentInstrument":"2006"}}
11090 2 server {"message":"ANSWER_CALL_CONF","fields":{"InvokeID":4}}
11091 2 server {"message":"CALL_ESTABLISHED_EVENT","fields":{"ConnectionDeviceType":"CONNECTION_ID_STATIC","CallID":16777507,"AnsweringDeviceType":"DEVID_AGENT_DEVICE","CallingDeviceType":"DEVID_NON_ACD_DEVICE_IDENTIFIER","CalledDeviceType":"DEVID_ROUTE_POINT","LocalConnectionState":"LCS_CONNECT","ConnectionDeviceID":"2006","AnsweringDeviceID":"2006","CallingDeviceID":"4930123456","CalledDeviceID":"6000"}}
11091 1 server {"message":"CALL_ESTABLISHED_EVENT","fields":{"ConnectionDeviceType":"CONNECTION_ID_STATIC","CallID":16777507,"AnsweringDeviceType":"DEVID_AGENT_DEVICE","CallingDeviceType":"DEVID_NON_ACD_DEVICE_IDENTIFIER","CalledDeviceType":"DEVID_ROUTE_POINT","LocalConnectionState":"LCS_CONNECT","ConnectionDeviceID":"2006","AnsweringDeviceID":"2006","CallingDeviceID":"4930123456","CalledDeviceID":"6000"}}
15000 3 client {"message":"HEARTBEAT_REQ","fields":{"InvokeID":42}}
15003 3 server {"message":"HEARTBEAT_CONF","fields":{"InvokeID":42}}
20000 2 client {"message":"CONSULT_CALL_REQ","fields":{"InvokeID":5,"ActiveCallID":16777507,"ActiveConnectionDeviceType":"CONNECTION_ID_STATIC","ActiveConnectionDeviceID":"2006","DialedNumber":"2007","AgentInstrument":"2006"}}
20100 2 server {"message":"CONSULT_CALL_CONF","fields":{"InvokeID":5,"NewCallID":16777510,"NewConnectionDeviceType":"CONNECTION_ID_STATIC","NewConnectionDeviceID":"2006"}}
20150 1 server {"message":"BEGIN_CALL_EVENT","fields":{"CallType":"CALLTYPE_CONSULT","ConnectionDeviceType":"CONNECTION_ID_STATIC","CallID":16777510,"ConnectionDeviceID":"2006","ANI":"2006","DNIS":"2007","DialedNumber":"2007"}}
20160 3 server {"message":"CALL_DELIVERED_EVENT","fields":{"ConnectionDeviceType":"CONNECTION_ID_STATIC","CallID":16777510,"AlertingDeviceType":"DEVID_AGENT_DEVICE","CallingDeviceType":"DEVID_AGENT_DEVICE","CalledDeviceType":"DEVID_AGENT_DEVICE","LocalConnectionState":"LCS_ALERTING","ConnectionDeviceID":"2007","AlertingDeviceID":"2007","CallingDeviceID":"2006","CalledDeviceID":"2007"}}
23000 3 client {"message":"ANSWER_CALL_REQ","fields":{"InvokeID":43,"CallID":16777510,"ConnectionDeviceType":"CONNECTION_ID_STATIC","ConnectionDeviceID":"2007","AgentInstrument":"2007"}}
23000 3 server gap 180
26000 2 client {"message":"TRANSFER_CALL_REQ","fields":{"InvokeID":6,"ActiveCallID":16777510,"HeldCallID":16777507,"ActiveConnectionDeviceType":"CONNECTION_ID_STATIC","HeldConnectionDeviceType":"CONNECTION_ID_STATIC","ActiveConnectionDeviceID":"2006","HeldConnectionDeviceID":"2006","AgentInstrument":"2006"}}
26210 2 server {"message":"TRANSFER_CALL_CONF","fields":{"InvokeID":6,"NewCallID":16777507,"NewConnectionDeviceType":"CONNECTION_ID_STATIC","NewConnectionDeviceID":"2007"}}
26220 1 server {"message":"CALL_TRANSFERRED_EVENT","fields":{"PrimaryDeviceType":"CONNECTION_ID_STATIC","PrimaryCallID":16777507,"SecondaryDeviceType":"CONNECTION_ID_STATIC","SecondaryCallID":16777510,"TransferringDeviceType":"DEVID_AGENT_DEVICE","TransferredDeviceType":"DEVID_AGENT_DEVICE","LocalConnectionState":"LCS_CONNECT","PrimaryDeviceID":"2006","SecondaryDeviceID":"2006","TransferringDeviceID":"2006","TransferredDeviceID":"2007"}}
26230 2 server {"message":"END_CALL_EVENT","fields":{"ConnectionDeviceType":"CONNECTION_ID_STATIC","CallID":16777507,"ConnectionDeviceID":"2006"}}
30000 3 client {"message":"HOLD_CALL_REQ","fields":{"InvokeID":44,"CallID":16777507,"ConnectionDeviceType":"CONNECTION_ID_STATIC","ConnectionDeviceID":"2007","AgentInstrument":"2007"}}
30400 2 client {"message":"MAKE_CALL_REQ","fields":{"InvokeID":7,"AgentInstrument":"2006","DialedNumber":"2099"}}
30450 2 server {"message":"CONTROL_FAILURE_CONF","fields":{"InvokeID":7,"FailureCode":"CF_INVALID_DESTINATION","Text":"2099 is no extension"}}
36000 1 server {"message":"CALL_DELIVERED_EVENT","fields":{"ConnectionDeviceType":"CONNECTION_ID_STATIC","CallID":16777600,"CSQID":12,"AlertingDeviceType":"DEVID_AGENT_DEVICE","CallingDeviceType":"DEVID_NON_ACD_DEVICE_IDENTIFIER","CalledDeviceType":"DEVID_ROUTE_POINT","LocalConnectionState":"LCS_ALERTING","ConnectionDeviceID":"2008","AlertingDeviceID":"2008","CallingDeviceID":"4940987654","CalledDeviceID":"6000"}}
40000 3 reset
41000 1 client {"message":"HEARTBEAT_REQ","fields":{"InvokeID":3}}
41001 1 server {"message":"HEARTBEAT_CONF","fields":{"InvokeID":3}}
50000 2 client {"message":"CLOSE_REQ","fields":{"InvokeID":8,"Status":"E_CTI_NO_ERROR"}}
50010 2 server {"message":"CLOSE_CONF","fields":{"InvokeID":8}}
50011 2 finished
"#;

pub(crate) fn session(number: u32) -> Session {
    let (client, server, from_start) = SESSIONS[number as usize - 1];
    let end = |text: &str| text.parse::<SocketAddr>().unwrap();
    Session {
        number,
        client: end(client),
        server: end(server),
        from_start,
    }
}

/// The capture.
pub(crate) fn capture() -> Vec<u8> {
    let mut writer = Writer::new();
    for line in SCRIPT.lines().filter(|line| !line.is_empty()) {
        let mut parts = line.splitn(4, ' ');
        let millis: i64 = parts.next().unwrap().parse().unwrap();
        let number: u32 = parts.next().unwrap().parse().unwrap();
        let who = parts.next().unwrap();
        let time = Some(Time {
            nanoseconds: (START * 1_000 + millis) * 1_000_000,
            digits: 9,
        });
        writer.session(&session(number));
        let side = match who {
            "finished" => {
                writer.close(time, Closed::Finished);
                continue;
            }
            "reset" => {
                writer.close(time, Closed::Reset(Some(Side::Server)));
                continue;
            }
            "refused" => {
                writer.close(time, Closed::Refused);
                continue;
            }
            "client" => Side::Client,
            _ => Side::Server,
        };
        let what = parts.next().unwrap();
        if let Some(bytes) = what.strip_prefix("gap ") {
            writer.missing(time, side, bytes.parse().unwrap());
        } else if let Some(hex) = what.strip_prefix("bytes ") {
            let bytes: Vec<u8> = (0..hex.len())
                .step_by(2)
                .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
                .collect();
            writer.message(time, side, &bytes);
        } else {
            let object: Value = serde_json::from_str(what).unwrap();
            let asked = object
                .pointer("/fields/VersionNumber")
                .and_then(Value::as_u64);
            let version = Version(asked.unwrap_or(14) as u32);
            let mut frame = BytesMut::new();
            if let Err(error) = json::read(&object, version, &mut frame) {
                panic!("{error}: {what}");
            }
            writer.message(time, side, &frame);
        }
    }
    writer.finish()
}
