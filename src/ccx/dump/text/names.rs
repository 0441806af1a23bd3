//! Names in traces that differ from the guide's.

use alloc::format;
use alloc::string::String;

use crate::ccx::{LAYOUTS, MessageType};

/// Returns a name without case and separators.
pub(super) fn plain(name: &[u8]) -> String {
    name.iter()
        .filter(|byte| byte.is_ascii_alphanumeric())
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect()
}

/// Names of traces, and the guide's, both without case and separators.
const ALIASES: &[(&str, &str)] = &[
    ("agentext", "agentextension"),
    ("agentidlong", "agentid"),
    ("agentinst", "agentinstrument"),
    ("agentinstr", "agentinstrument"),
    ("agentpass", "agentpassword"),
    ("agentpwd", "agentpassword"),
    ("agentreasoncode", "eventreasoncode"),
    ("ani2", "ani"),
    ("applicationnum", "applicationid"),
    ("callederdigits", "callerentereddigits"),
    ("callmask", "callmsgmask"),
    ("calledpartydisp", "calledpartydisposition"),
    ("callwrapup", "callwrapupdata"),
    ("ced", "callerentereddigits"),
    ("clientpass", "clientpassword"),
    ("clientpwd", "clientpassword"),
    ("clientsig", "clientsignature"),
    ("configmask", "configmsgmask"),
    ("connectioncallid", "callid"),
    ("newconnectioncallid", "newcallid"),
    ("connectiondevid", "connectiondeviceid"),
    ("connectiondevidtype", "connectiondevicetype"),
    ("connectiondeviceidtype", "connectiondevicetype"),
    ("currentstate", "agentstate"),
    ("errorcode", "status"),
    ("fltskillgroupid", "skillgroupid"),
    ("fltskillgroupnumber", "csqid"),
    ("fltskillgrouppriority", "skillgrouppriority"),
    ("fltskillgroupstate", "csqstate"),
    ("forced", "forcedflag"),
    ("idletime", "idletimeout"),
    ("instrument", "agentinstrument"),
    ("lastredirecteddeviceid", "lastredirectdeviceid"),
    ("lastredirecteddevicetype", "lastredirectdevicetype"),
    ("numnamedarray", "numnamedarrays"),
    ("numnamedvar", "numnamedvariables"),
    ("numnamedvars", "numnamedvariables"),
    ("numfltskillgroups", "numcsqs"),
    ("numskillgroups", "numcsqs"),
    ("ptype", "peripheraltype"),
    ("reasoncode", "eventreasoncode"),
    ("servicegranted", "servicesgranted"),
    ("servicenumber", "applicationid"),
    ("servicerequested", "servicesrequested"),
    ("services", "servicesrequested"),
    ("skillgroupnumber", "csqid"),
    ("skillgroupstate", "csqstate"),
    ("statusresult", "statuscode"),
    ("statemask", "agentstatemask"),
    ("usertouser", "usertouserinfo"),
    ("uui", "usertouserinfo"),
    ("version", "versionnumber"),
    ("versionnum", "versionnumber"),
    ("wrapupdata", "callwrapupdata"),
];

/// Returns the guide's name for a name in a trace; both without case and separators.
pub(super) fn alias(name: &str) -> Option<String> {
    if let Some((_, guide)) = ALIASES.iter().find(|(alias, _)| *alias == name) {
        return Some((*guide).into());
    }
    let (stem, number) = numbered(name)?;
    match stem {
        "callvar" | "callvariable" | "cv" => Some(format!("callvariable{number}")),
        "reserve" => Some(format!("reserved{number}")),
        _ => None,
    }
}

/// Splits a name and the number at its end.
pub(super) fn numbered(name: &str) -> Option<(&str, &str)> {
    let stem = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let number = name.get(stem.len()..)?;
    (!stem.is_empty() && !number.is_empty()).then_some((stem, number))
}

/// Names of values in traces, each with the end of the guide's name.
pub(super) const VALUES: &[(&str, &str)] = &[
    ("AVAILABLE", "READY"),
    ("NOTREADY", "NOT_READY"),
    ("WORK_NOT_READY", "WORK"),
    ("WORKNOTREADY", "WORK"),
];

/// Returns the type with a name, written as `BEGIN_CALL_EVENT`, `BeginCallEvent` or
/// `CTIBeginCallEvent`, or as its number.
pub(super) fn message_type(name: &str) -> Option<MessageType> {
    if let Some(known) = MessageType::from_name(&name.to_ascii_uppercase()) {
        return Some(known);
    }
    if let Ok(number) = name.parse() {
        return Some(MessageType(number)).filter(|known| known.layout().is_some());
    }
    let bare = name.strip_prefix("CTI").unwrap_or(name);
    let wanted = plain(bare.as_bytes());
    LAYOUTS
        .iter()
        .find(|layout| plain(layout.name.as_bytes()) == wanted)
        .map(|layout| MessageType(layout.message_type))
}
