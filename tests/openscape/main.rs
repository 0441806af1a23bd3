//! Tests of the REST interface of OpenScape Contact Center.

mod conformance;
mod contradictions;
mod data;
mod golden;
mod reading;
mod samples;
