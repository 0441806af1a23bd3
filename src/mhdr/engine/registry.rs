//! The registry of a dialect's messages, and the code generated from it.

/// Makes the `Message` of a dialect, the look-ups of its `MessageType`, and the [`Dialect`] of its
/// `Version`, from the message structs. Begins with how the header of a floating field is written,
/// up to which version and from which, and the types that have a name and no struct:
///
/// ```text
/// Narrow, from V18 WideId; UNTYPED;
/// ```
///
/// [`Dialect`]: crate::mhdr::Dialect
macro_rules! registry {
    (
        $Older:ident, from $NEWER:ident $Newer:ident; $untyped:ident;
        $($Name:ident)*
    ) => {
        /// A message of any type.
        ///
        /// It is wide, for it has room for the widest struct: pass it by reference in loops. New
        /// message types become new variants, so a `match` needs an arm for others.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[non_exhaustive]
        #[allow(
            clippy::large_enum_variant,
            reason = "how wide the tables of a dialect make it, and nothing here allocates"
        )]
        pub enum Message<'a> {
            $(#[doc = concat!("[`", stringify!($Name), "`].")] $Name($Name<'a>),)*
            /// A message of a type that has no struct, kept as received.
            Raw(RawMessage<'a>),
        }

        /// Shows the message on one line, for logs: its type and the fields that are set, under the
        /// guide's names. Fields that mean 'none' are omitted, as are counts and reserved fields
        /// with their prescribed values. Texts are in quotes and escaped, and `***` replaces
        /// passwords.
        impl core::fmt::Display for Message<'_> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                summary::write_any(self, f)
            }
        }

        /// A message of a type that has no struct, kept as received.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub struct RawMessage<'a> {
            /// The type that the header names.
            pub message_type: MessageType,
            /// All that follows the header.
            pub body: &'a [u8],
        }

        /// The tables of all messages, in the order of their types.
        pub static LAYOUTS: &[&Layout] = &[$(<$Name<'_> as Body<'_>>::LAYOUT),*];

        const TYPES: usize = types(LAYOUTS);
        const VERSIONS: usize = Version::KNOWN.len();
        #[allow(clippy::indexing_slicing, reason = "evaluated when the library is built")]
        const OLDEST: u32 = Version::KNOWN[0].number();
        #[allow(clippy::indexing_slicing, reason = "evaluated when the library is built")]
        const NEWEST: u32 = Version::KNOWN[VERSIONS - 1].number();

        /// The sizes of the fixed parts by type and version: all that the raw view needs of a
        /// layout, one load away.
        static FIXED_SIZES: [[u16; VERSIONS]; TYPES] = fixed_sizes(LAYOUTS, OLDEST);

        const _: () = agree(LAYOUTS);

        type Decode =
            for<'a> fn(&mut Message<'a>, u32, &'a [u8], Version) -> bool;

        /// The decoders by type: a `match` would be as long as the list of all messages, wherever
        /// something is decoded.
        static DECODERS: [Decode; TYPES] = {
            let mut decoders: [Decode; TYPES] = [|message, message_type, body, _| {
                *message = Message::raw(message_type, body);
                true
            }; TYPES];
            #[allow(clippy::indexing_slicing, reason = "evaluated when the library is built")]
            {
                $(decoders[<$Name<'_> as Body<'_>>::LAYOUT.message_type as usize] =
                    |message, _, body, version| $Name::decode_into(message, body, version);)*
            }
            decoders
        };

        impl Dialect for Version {
            type MessageType = MessageType;
            type Message<'a> = Message<'a>;
            type Older = $Older;
            type Newer = $Newer;
            const KNOWN: &'static [Self] = &Version::ALL;

            #[inline(always)]
            fn number(self) -> u32 {
                Version::number(self)
            }

            #[inline(always)]
            fn is_newer(self) -> bool {
                self >= Version::$NEWER
            }

            fn layouts() -> &'static [&'static Layout] {
                LAYOUTS
            }

            fn layout(message_type: u32) -> Option<&'static Layout> {
                match MessageType(message_type) {
                    $(<$Name<'_> as Body<'_>>::TYPE => Some(<$Name<'_> as Body<'_>>::LAYOUT),)*
                    _ => None,
                }
            }

            fn type_name(message_type: u32) -> Option<&'static str> {
                match Self::layout(message_type) {
                    Some(layout) => Some(layout.name),
                    None => $untyped
                        .iter()
                        .find(|(number, _)| *number == message_type)
                        .map(|(_, name)| *name),
                }
            }

            fn type_named(name: &str) -> Option<u32> {
                LAYOUTS
                    .iter()
                    .map(|layout| (layout.message_type, layout.name))
                    .chain($untyped.iter().copied())
                    .find(|(_, known)| *known == name)
                    .map(|(number, _)| number)
            }

            #[inline]
            fn fixed_size(self, message_type: u32) -> Option<usize> {
                let sizes = FIXED_SIZES.get(usize::try_from(message_type).ok()?)?;
                // An unknown version is treated like the nearest known one.
                let version = self.number().clamp(OLDEST, NEWEST).wrapping_sub(OLDEST);
                match *sizes.get(usize::try_from(version).ok()?)? {
                    u16::MAX => None,
                    size => Some(size.into()),
                }
            }
        }

        impl MessageType {
            /// Returns the tables of this type; `None` for types that are kept raw.
            #[must_use]
            pub fn layout(self) -> Option<&'static Layout> {
                Version::layout(self.0)
            }

            /// Returns the name of the type in the guide, such as `OPEN_REQ`. Types without tables
            /// may have one.
            #[must_use]
            pub fn name(self) -> Option<&'static str> {
                Version::type_name(self.0)
            }

            /// Returns the type with this name; `parse` also accepts a number.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Version::type_named(name).map(Self)
            }

            /// Returns the class of the type in the guide.
            #[must_use]
            pub fn class(self) -> Option<Class> {
                self.layout().map(|layout| layout.class)
            }

            /// Returns the sender of messages of this type.
            #[must_use]
            pub fn sent_by(self) -> Option<SentBy> {
                self.layout().map(|layout| layout.sent_by)
            }

            /// Returns whether messages of this type carry an `InvokeID`.
            #[must_use]
            pub fn has_invoke_id(self) -> bool {
                self.layout().is_some_and(Layout::has_invoke_id)
            }

            /// Returns the type that confirms a request of this type; `None` if this is no request.
            #[must_use]
            pub fn confirmation(self) -> Option<Self> {
                self.layout()?.confirmation.map(Self)
            }
        }

        /// Shows the name or, without one, the number.
        impl core::fmt::Display for MessageType {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                Version::name_type(self.0).fmt(f)
            }
        }

        impl core::fmt::Debug for MessageType {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self.name() {
                    Some(name) => write!(f, "{name}({})", self.0),
                    None => write!(f, "MessageType({})", self.0),
                }
            }
        }

        impl From<u32> for MessageType {
            #[inline(always)]
            fn from(number: u32) -> Self {
                Self(number)
            }
        }

        impl From<MessageType> for u32 {
            fn from(message_type: MessageType) -> Self {
                message_type.0
            }
        }

        impl From<TypeName> for MessageType {
            fn from(name: TypeName) -> Self {
                Self(name.number)
            }
        }

        impl From<MessageType> for TypeName {
            fn from(message_type: MessageType) -> Self {
                Version::name_type(message_type.0)
            }
        }

        impl PartialEq<MessageType> for TypeName {
            fn eq(&self, other: &MessageType) -> bool {
                self.number == other.0
            }
        }

        impl<'a> AnyMessage<'a> for Message<'a> {
            type Version = Version;

            fn type_number(&self) -> u32 {
                self.message_type().0
            }

            fn raw_body(&self) -> Option<&'a [u8]> {
                match self {
                    Self::Raw(raw) => Some(raw.body),
                    _ => None,
                }
            }

            #[inline(always)]
            fn raw(message_type: u32, body: &'a [u8]) -> Self {
                Self::Raw(RawMessage {
                    message_type: MessageType(message_type),
                    body,
                })
            }

            #[inline(always)]
            fn decode_type(
                message_type: u32,
                body: &'a [u8],
                version: Version,
            ) -> Result<Self, DecodeError> {
                // In the place that it is returned in, as moving it costs more than decoding it may.
                let mut result = Ok(Self::raw(message_type, body));
                if let Ok(message) = &mut result
                    && let Err(error) = message.decode_type_into(message_type, body, version)
                {
                    result = Err(error);
                }
                result
            }

            #[inline(always)]
            fn decode_type_into(
                &mut self,
                message_type: u32,
                body: &'a [u8],
                version: Version,
            ) -> Result<(), DecodeError> {
                let Some(decode) = usize::try_from(message_type).ok().and_then(|at| DECODERS.get(at))
                else {
                    *self = Self::raw(message_type, body);
                    return Ok(());
                };
                if decode(self, message_type, body, version) {
                    return Ok(());
                }
                Err(cut_short(message_type, body, version))
            }

            fn visit_in(&self, version: Version, visitor: &mut dyn Visitor<'a>) {
                let mut show = Show::new(visitor, version.number());
                match self {
                    $(Self::$Name(message) => Body::show(message, &mut show),)*
                    Self::Raw(_) => {}
                }
            }

            fn has_rules(message_type: u32) -> bool {
                match MessageType(message_type) {
                    $(<$Name<'_> as Body<'_>>::TYPE => <$Name<'_> as Body<'_>>::HAS_RULES,)*
                    _ => false,
                }
            }

            fn rules(&self, report: &mut Report<'_>) {
                match self {
                    $(Self::$Name(message) => Body::broken_rules(message, report),)*
                    Self::Raw(_) => {}
                }
            }

            fn encode_as(
                &self,
                version: Version,
                mode: Mode,
                out: Out<'_>,
            ) -> Result<usize, EncodeError> {
                let content: &dyn Content = match self {
                    $(Self::$Name(message) => message,)*
                    Self::Raw(raw) => raw,
                };
                encode(content, version, mode, out)
            }
        }

        /// Writes the body as received.
        impl Content for RawMessage<'_> {
            fn write(&self, out: &mut Writer<'_>) {
                out.message_type = self.message_type.0;
                out.put(self.body);
            }
        }

        impl<'a> Message<'a> {
            /// Decodes the bytes that follow a header.
            ///
            /// # Errors
            /// A field is cut short. Types without a struct never fail.
            #[inline]
            pub fn decode_body(
                message_type: MessageType,
                body: &'a [u8],
                version: Version,
            ) -> Result<Self, DecodeError> {
                Self::decode_type(message_type.0, body, version)
            }

            /// Creates a message of a type with default and prescribed values. A type without a
            /// struct has an empty body.
            #[must_use]
            pub fn empty(message_type: MessageType) -> Self {
                match message_type {
                    $(<$Name<'_> as Body<'_>>::TYPE => Self::$Name($Name::default()),)*
                    _ => Self::raw(message_type.0, &[]),
                }
            }

            /// Returns the message with `***` in place of passwords, for files and screens:
            /// `Display` and `Debug` hide them anyway, JSON and `encode` do not.
            #[must_use]
            pub fn redacted(&self) -> Self {
                let mut message = *self;
                match &mut message {
                    $(Self::$Name(message) => Body::hide_secrets(message),)*
                    Self::Raw(_) => {}
                }
                message
            }

            /// Returns the type of the message.
            #[must_use]
            pub fn message_type(&self) -> MessageType {
                match self {
                    $(Self::$Name(_) => <$Name<'_> as Body<'_>>::TYPE,)*
                    Self::Raw(raw) => raw.message_type,
                }
            }

            /// Passes the message's fields to a visitor, in table order, as in the newest version.
            /// A raw message has none.
            pub fn visit(&self, visitor: &mut dyn Visitor<'a>) {
                AnyMessage::visit_in(self, Version::newest(), visitor);
            }

            /// Like [`visit`](Self::visit), in the version of the message, which may lack fields of
            /// the fixed part.
            pub fn visit_in(&self, version: Version, visitor: &mut dyn Visitor<'a>) {
                AnyMessage::visit_in(self, version, visitor);
            }

            /// Returns the `InvokeID`, which matches an answer to its request; `None` if the type
            /// has none.
            #[must_use]
            pub fn invoke_id(&self) -> Option<u32> {
                match self {
                    $(Self::$Name(message) => message.invoke_id(),)*
                    Self::Raw(_) => None,
                }
            }

            /// Returns the `InvokeID` for writing: a client numbers its requests as it sends them.
            pub fn invoke_id_mut(&mut self) -> Option<&mut u32> {
                match self {
                    $(Self::$Name(message) => message.invoke_id_mut(),)*
                    Self::Raw(_) => None,
                }
            }

            pub(super) fn common(&self) -> Option<&dyn Common<'a>> {
                match self {
                    $(Self::$Name(message) => Some(message),)*
                    Self::Raw(_) => None,
                }
            }

            /// Appends header and body to a buffer. On error nothing is written.
            ///
            /// # Errors
            /// Fails if the guide forbids the message, or the wire cannot carry it.
            #[inline]
            pub fn encode(
                &self,
                version: Version,
                out: &mut bytes::BytesMut,
            ) -> Result<(), EncodeError> {
                self.encode_as(version, Mode::Strict, Out::Grow(out))?;
                Ok(())
            }

            /// Like [`encode`](Self::encode), but omits fields that the version lacks: for a server
            /// that sends one event to clients of several versions.
            ///
            /// # Errors
            /// Fails like [`encode`](Self::encode).
            #[inline]
            pub fn encode_fitting(
                &self,
                version: Version,
                out: &mut bytes::BytesMut,
            ) -> Result<(), EncodeError> {
                self.encode_as(version, Mode::Fitting, Out::Grow(out))?;
                Ok(())
            }

            /// Like [`encode`](Self::encode), without the guide's checks: for forwarding a message
            /// as it was received. Received counts stay unchanged.
            ///
            /// # Errors
            /// The wire cannot carry the message.
            #[inline]
            pub fn encode_as_received(
                &self,
                version: Version,
                out: &mut bytes::BytesMut,
            ) -> Result<(), EncodeError> {
                self.encode_as(version, Mode::AsReceived, Out::Grow(out))?;
                Ok(())
            }

            /// Writes header and body to the beginning of a slice, and returns their length in
            /// bytes. On error nothing is written.
            ///
            /// # Errors
            /// Fails like [`encode`](Self::encode), and with `NoRoom`, which gives the length that
            /// the slice needs.
            #[inline]
            pub fn encode_to_slice(
                &self,
                version: Version,
                out: &mut [u8],
            ) -> Result<usize, EncodeError> {
                self.encode_as(version, Mode::Strict, Out::Slice(out))
            }

            /// Encodes into bytes of its own.
            ///
            /// # Errors
            /// Those of [`encode`](Self::encode).
            #[allow(clippy::wrong_self_convention, reason = "a message is too wide to be moved")]
            pub fn to_bytes(&self, version: Version) -> Result<bytes::Bytes, EncodeError> {
                let mut out = bytes::BytesMut::new();
                self.encode(version, &mut out)?;
                Ok(out.freeze())
            }

            /// Lists all violations of the guide in the message, where [`encode`](Self::encode)
            /// stops at the first. Offsets are those of the encoded frame. To judge a received
            /// message, use [`Frame::check`](crate::mhdr::Frame::check).
            #[must_use]
            pub fn check(&self, version: Version) -> alloc::vec::Vec<Finding> {
                check::before_sending(|mode, out| self.encode_as(version, mode, out), version)
            }
        }

        $(impl<'a> From<$Name<'a>> for Message<'a> {
            fn from(message: $Name<'a>) -> Self {
                Self::$Name(message)
            }
        }

        impl<'a> TryFrom<Message<'a>> for $Name<'a> {
            type Error = OtherType;
            #[inline]
            fn try_from(message: Message<'a>) -> Result<Self, OtherType> {
                match message {
                    Message::$Name(message) => Ok(message),
                    other => Err(OtherType {
                        wanted: Self::LAYOUT.type_name(),
                        found: other.message_type().into(),
                    }),
                }
            }
        })*
    };
}
pub(crate) use registry;
