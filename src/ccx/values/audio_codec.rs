//! `AudioCodec` (guide, Table 194).

codes! {
    /// Audio codec of a media stream. The guide gives names and numbers only. Guide: Table 194.
    AudioCodec: u16 = table 194 {
        /// A codec of no standard.
        NONSTANDARD = 0 "NONSTANDARD";
        /// G.711 A-law at 64 kbit/s.
        G711ALAW64K = 1 "G711ALAW64K";
        /// G.711 A-law at 56 kbit/s.
        G711ALAW56K = 2 "G711ALAW56K";
        /// G.711 µ-law at 64 kbit/s.
        G711ULAW64K = 3 "G711ULAW64K";
        /// G.711 µ-law at 56 kbit/s.
        G711ULAW56K = 4 "G711ULAW56K";
        /// G.722 at 64 kbit/s.
        G722_64K = 5 "G722_64K";
        /// G.722 at 56 kbit/s.
        G722_56K = 6 "G722_56K";
        /// G.722 at 48 kbit/s.
        G722_48K = 7 "G722_48K";
        /// G.723.1; `BitRate` tells which rate.
        G7231 = 8 "G7231";
        /// G.728.
        G728 = 9 "G728";
        /// G.729.
        G729 = 10 "G729";
        /// G.729 Annex A.
        G729ANNEXA = 11 "G729ANNEXA";
        /// MPEG-1 audio (ISO/IEC 11172).
        IS11172AUDIOCAP = 12 "IS11172AUDIOCAP";
        /// MPEG-2 audio (ISO/IEC 13818).
        IS13818AUDIOCAP = 13 "IS13818AUDIOCAP";
        /// A form of G.729 Annex A.
        ACY_G729AASSN = 14 "ACY_G729AASSN";
        /// Data at 64 kbit/s.
        DATA64 = 15 "DATA64";
        /// Data at 56 kbit/s.
        DATA56 = 16 "DATA56";
        /// The GSM codec.
        GSM = 17 "GSM";
        /// Active Voice, by its name.
        ACTIVEVOICE = 18 "ACTIVEVOICE";
    }
}
