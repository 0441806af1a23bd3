//! The JSON of the Service Client API's namespace [`NAMESPACE`]: outbound campaigns as seen by a
//! page that embeds the web desktop (Service Client API).
//!
//! A page calls a JavaScript method and gets a JSON response in one of two callbacks. Each method
//! is a struct of its parameters; the trait [`Call`] links it to the type of its response's data.
//! The two callbacks, the last parameters of each method, are functions; they have no JSON and no
//! field.
//!
//! ```
//! use cti_codec::gsw::CallResult;
//! use cti_codec::gsw::client::{Call, GetCallResult, Method, ResponseTo, SetCallResult};
//!
//! let call = SetCallResult {
//!     interaction_id: "1".into(),
//!     call_result: CallResult::BUSY,
//!     ..Default::default()
//! };
//! assert_eq!(call.arguments()?, ["1", "6"]);
//!
//! let response: ResponseTo<GetCallResult> = serde_json::from_str(
//!     r#"{"request":"outbound.getCallResult","data":6,"userAgent":"WWE Server","protocolVersion":2}"#,
//! )?;
//! assert_eq!(response.request, Method::GetCallResult);
//! assert_eq!(response.data, Some(CallResult::BUSY));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Reading and writing
//!
//! Members may come in any order, and be null or absent where they are optional. Unknown members
//! are kept in a map named `unlisted` and written back. A repeated name in an object described here
//! is an error, since one of the two values would be lost; inside a value that is kept as received,
//! `serde_json` takes the last. Errors name the member and, from text, line and column. Only valid
//! JSON is read: the chained records printed in the documentation lack quotes, commas and a bracket.

mod calls;
mod draft;
mod field;
mod names;
mod record;
mod results;

use alloc::string::String;

use serde_json::Value;

pub use crate::members::{Members, ObjectText};
pub use calls::*;
pub use draft::{Draft, NoteRefused};
pub use field::{Field, FieldOptions, FieldValue, RecordData, UpdateRefused};
pub use names::{CallbackType, FieldType, Method, UnlistedName, ValueType};
pub use record::{Chain, Record, Records};
pub use results::CallResults;

use super::forms::{Integer, Nested, Text, object};

/// The JavaScript namespace of the methods.
pub const NAMESPACE: &str = "genesys.wwe.service.outbound";

object! {
    /// The response that a callback receives (Service Client API, sample responses).
    ///
    /// `T` is the type of `data`: [`ResponseTo`] derives it from the method, and [`AnyResponse`]
    /// accepts any response. Only four methods have documented data, and the response to the
    /// failure callback is not documented; undocumented members are in `unlisted`.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Response<T> {
        /// The method that the response answers.
        required "request" request: Method as Text<_>;
        /// The result. `None` if the response has none, as for an interaction without a call
        /// result.
        optional "data" data: Option<T> as Nested;
        /// The name of the responding program; `WWE Server` in all samples.
        optional "userAgent" user_agent: Option<String> as Text;
        /// The version of the envelope; 2 in all samples.
        optional "protocolVersion" protocol_version: Option<i64> as Integer;
    }
}

/// The response to a method, given by its parameters: `ResponseTo<GetCallResult>`.
pub type ResponseTo<C> = Response<<C as Call>::Data>;

/// A response with data of any shape: for methods whose data is not documented, and for failures.
pub type AnyResponse = Response<Value>;
