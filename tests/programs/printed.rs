//! Messages that logs show as text.

use super::run::*;
use super::sample::SAMPLE;

const GUIDE: &str = "\
7091923: Nov 20 10:43:59.435 EDT %MIVR-ICD_CTI-7-UNK:
CSOutboundMsgProcessor: got an event message:
{ length=-1 type=BEGIN_CALL_EVENT, monitorID: 0, peripheralID: 1,
peripheralType: 21, numCTIClients: 0, numNamedVars: 0,
numNamedArrays: 0, callType: 1, ConnectionDeviceType: 0,
connectionCallID: 16777488, calledPartyDisposition: 0,
connectionDeviceID: 9026, ani2: 2006, dnis: 7000, dialedNumber: null,
callerEnteredDigits: null, callVar1: null, callVar2: null,
callVar3: null, callVar4: null, callVar5: null, callVar6: null,
callVar7: null, callVar8: null, callVar9: null, callVar10: null,
wrapupData: null }
";

#[test]
fn the_trace_of_the_guide_is_read() {
    let object = shown(&["--to", "json"], GUIDE.as_bytes());
    assert_eq!(
        object,
        "{\"message\":\"BEGIN_CALL_EVENT\",\"id\":23,\"length\":47,\"fields\":{\"NumCTIClients\":0,\
         \"NumNamedVariables\":0,\"NumNamedArrays\":0,\"CallType\":\"CALLTYPE_CCX_IN\",\
         \"ConnectionDeviceType\":\"CONNECTION_ID_STATIC\",\"CallID\":16777488,\
         \"CalledPartyDisposition\":\"CD_INVALID\",\"ConnectionDeviceID\":\"9026\",\"ANI\":\"2006\",\
         \"DNIS\":\"7000\"},\"log\":{\"line\":3,\"time\":\"Nov 20 10:43:59.435 EDT\",\
         \"direction\":\"received\"}}\n"
    );
    let text = shown(&[], GUIDE.as_bytes());
    assert!(
        text.starts_with(
            "   1  BEGIN_CALL_EVENT (23)  read from text at line 3, Nov 20 10:43:59.435 EDT, received\n"
        ),
        "{text}"
    );
    // A log becomes a capture.
    let bytes = packed(&[], object.as_bytes());
    let again = shown(&["--to", "json"], &bytes);
    assert_eq!(
        again.trim_end().strip_suffix('}'),
        object.split(",\"log\"").next()
    );
    // Selected alike.
    assert_eq!(
        shown(&["--to", "json", "--type", "23"], GUIDE.as_bytes()),
        object
    );
    assert_eq!(ran("decode", &["--type", "24"], GUIDE.as_bytes()).out, "");
    // Among rows of the other trace, a thousand lines later.
    let lines: String = (0..5000)
        .map(|line| format!("{line}: nothing of the kind\n"))
        .collect();
    let log = format!("{SAMPLE}{lines}{GUIDE}{SAMPLE}");
    let all = shown(&["--to", "json"], log.as_bytes());
    assert_eq!(all.lines().count(), 41);
    let rows = shown(&["--to", "json"], SAMPLE.as_bytes());
    let line = SAMPLE.lines().count() + 5003;
    let middle = object.replace("\"line\":3", &format!("\"line\":{line}"));
    assert_eq!(all.lines().nth(20), Some(middle.trim_end()));
    assert_eq!(bare(&all), bare(&format!("{rows}{middle}{rows}")));
}

#[test]
fn other_names_and_forms() {
    let log = "\
10:44:00.001 Processing {length=69 type=OPEN_REQ,invokeId=7,versionNumber=14,idleTimeout=120,clientID=me,clientPass=[B@a4a433,agentExt=2006,agentIDlong=a,agentID=,foo=bar,invokeId=7} from 10.1.2.3:50001
Got a message {length=8 type=SET_AGENT_STATE_REQ,agentPassword=pa55,colour=red}
10:44:01 MsgType:AGENT_STATE_EVENT (MonitorID:0 PeripheralID:5000 AgentState:AVAILABLE(3) SkillGroupNumber:-1
   CSQState: 3 AgentExtension:\"1001\" AgentID:\"1001\")
MsgType: CallDequeuedEvent ConnectionDeviceType: 65535 CallID: 16777507 ConnectionDeviceID: QueueDeviceID: 7
DECODED_MESSAGE_FROM_CTI_SERVER: cti_message=CTIAgentStateEvent [agentState=3, agentID=abc]
MsgType:SYSTEM_FOO_EVENT (a:1 myPassword:b)
";
    let ran = ran("decode", &["--to", "json"], log.as_bytes());
    assert_eq!((ran.err.as_str(), ran.status), ("", Some(0)));
    let objects: Vec<serde_json::Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let names: Vec<_> = objects
        .iter()
        .map(|object| object["message"].as_str())
        .collect();
    assert_eq!(
        names,
        [
            Some("OPEN_REQ"),
            Some("SET_AGENT_STATE_REQ"),
            Some("AGENT_STATE_EVENT"),
            Some("CALL_DEQUEUED_EVENT"),
            Some("AGENT_STATE_EVENT"),
            None
        ]
    );
    assert_eq!(objects[0]["fields"]["AgentExtension"], "2006");
    assert_eq!(objects[0]["fields"]["AgentID"], "a");
    assert_eq!(objects[0]["log"]["left"]["foo"]["value"], "bar");
    assert_eq!(objects[0]["log"]["left"]["clientPass"]["value"], "(hidden)");
    assert_eq!(objects[1]["log"]["direction"], "received");
    assert_eq!(objects[2]["fields"]["AgentState"], "AGENT_STATE_READY");
    assert_eq!(objects[2]["fields"]["CSQID"], u32::MAX);
    assert_eq!(objects[2]["fields"]["AgentExtension"], "1001");
    assert_eq!(objects[3]["fields"]["ConnectionDeviceID"], "");
    assert_eq!(objects[4]["fields"]["AgentID"], "abc");
    assert_eq!(objects[5]["text"], "SYSTEM_FOO_EVENT");
    assert!(!ran.out.contains("pa55") && !ran.out.contains("myPassword\":\"b"));
    let text = shown(&[], log.as_bytes());
    assert!(!text.contains("pa55"), "{text}");
    // What the log does not print is not shown as if it had been sent.
    assert!(!text.contains("StateDuration"), "{text}");
}

#[test]
fn a_value_is_no_message() {
    let forged = "{length=1 type=CLOSE_REQ,invokeId=1}";
    let log = format!(
        "{{length=9 type=SYSTEM_EVENT,systemEventID=7,text=a }} {forged}, b,eventDeviceID=5}}\n"
    );
    let object = shown(&["--to", "json"], log.as_bytes());
    assert_eq!(object.lines().count(), 1, "{object}");
    assert!(object.contains("\"message\":\"SYSTEM_EVENT\""), "{object}");
    // One that does not end hides no rows.
    let log = format!("{{length=9 type=SYSTEM_EVENT,systemEventID=7,\n{SAMPLE}");
    let ran = ran("decode", &["--to", "json"], log.as_bytes());
    assert_eq!((ran.out.lines().count(), ran.status), (20, Some(1)));
    assert!(
        ran.err.contains("line 1: a message in text does not end"),
        "{}",
        ran.err
    );
}

#[test]
fn what_finesse_prints_behind_a_message_is_none_of_it() {
    let log = "0000000512: 10.3.1.9: Feb 11 2025 08:12:01.300 +0100: %CCBU_CTI-0-6-DECODED_MESSAGE_FROM_CTI_SERVER: \
               %[cti_message=CTIAgentStateEvent [skillGroupState=0 (LOGIN), agentState=2 (NOT_READY), agentID=1001, \
               agentID_Long=null, agentExtension=1080, direction=null]CTIMessageBean [invokeID=null, msgID=30, \
               timeTracker={\"id\":\"x\"}, msgName=AgentStateEvent]][cti_response_time=1]: Decoded Message\n";
    let object = shown(&["--to", "json"], log.as_bytes());
    let object: serde_json::Value = serde_json::from_str(&object).unwrap();
    assert_eq!(object["fields"]["AgentID"], "1001", "{object}");
    assert_eq!(object["fields"]["AgentState"], "AGENT_STATE_NOT_READY");
    assert_eq!(object["log"]["time"], "Feb 11 2025 08:12:01.300 +0100");
    assert_eq!(
        object["log"]["left"]["direction"]["value"], "null",
        "{object}"
    );
}

/// The printed form does not show the width of ids; a field tells that the version has it.
#[test]
fn a_field_of_a_later_version_tells_the_version() {
    let log = GUIDE.replace(
        "type=BEGIN_CALL_EVENT, monitorID: 0, peripheralID: 1,",
        "type=AGENT_STATE_EVENT, agentID: jdoe, activeTerminal: SEP01,",
    );
    let ran = ran("decode", &["--to", "json"], log.as_bytes());
    assert!(
        ran.out.contains("\"AgentID\":\"jdoe\""),
        "{} {}",
        ran.out,
        ran.err
    );
    assert!(
        ran.out.contains("\"ActiveTerminal\":\"SEP01\""),
        "{} {}",
        ran.out,
        ran.err
    );
}
