//! The Cisco Unified CCX CTI protocol.
