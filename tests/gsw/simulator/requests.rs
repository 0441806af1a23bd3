//! Requests that no flow shows.
