//! The macros that a dialect declares its messages with.

/// The brackets at the end of a row.
macro_rules! facts {
    ($($fact:ident $($value:literal)?),*) => {
        Facts {
            $($fact: said!($fact $($value)?),)*
            // All of them may have been said.
            ..Facts::NONE
        }
    };
}
pub(crate) use facts;

/// The value of a word in the brackets: `true`, or its argument.
macro_rules! said {
    ($fact:ident) => {
        true
    };
    ($fact:ident $value:literal) => {
        $value
    };
}
pub(crate) use said;

/// The documentation of a field's row: the name in the guide, the id, the facts.
macro_rules! row_doc {
    ($name:literal [$($id:literal)*] $($fact:ident $($value:literal)?),*) => {
        concat!(
            "\n\n`", $name, "`", row_doc!(@ids $($id)*) $(, row_doc!(@fact $fact $($value)?))*, "."
        )
    };
    (@ids) => { "" };
    (@ids $id:literal) => { concat!(", field ", $id) };
    (@ids $($id:literal)+) => { concat!(", fields" $(, " ", $id)+) };
    (@fact max $max:literal) => { concat!("; at most ", $max, " bytes") };
    (@fact max_count $max:literal) => { concat!("; at most ", $max, " elements") };
    (@fact required) => { "; required" };
    (@fact required_when $when:literal) => { concat!("; required: ", $when) };
    (@fact reserved $value:literal) => { concat!("; reserved as ", stringify!($value)) };
    (@fact reserved_empty) => { "; reserved as an empty text" };
    (@fact reserved_until $version:literal) => { concat!(" up to version ", $version) };
    (@fact default $value:literal) => { concat!("; by default ", stringify!($value)) };
    (@fact known_as $name:literal) => { concat!("; `", $name, "` in traces") };
    (@fact since $version:literal) => { concat!("; since version ", $version) };
    (@fact until $version:literal) => { concat!("; up to version ", $version) };
    (@fact secret) => { "; a secret, which `Debug` does not show" };
    // `facts!` reports misspelt words.
    (@fact $_:ident $($value:literal)?) => { "" };
}
pub(crate) use row_doc;

/// The documentation of a message's head.
macro_rules! message_doc {
    ($TYPE:ident $id:literal $class:ident $sent_by:ident $($Confirmation:ident)?) => {
        concat!(
            "\n\n`", stringify!($TYPE), "`, type ", $id, ", class `", stringify!($class), "`, sent by ",
            message_doc!(@by $sent_by)
            $(, "; confirmed by [`", stringify!($Confirmation), "`]")?, "."
        )
    };
    (@by Client) => { "the client" };
    (@by Server) => { "the server" };
    (@by Both) => { "either side" };
}
pub(crate) use message_doc;

// Most rows have no word in their brackets that matters to the code, and each constant that asks for
// one costs the build time. So these macros look at the words themselves: without the word, there is
// no code. A misspelt one is seen by `facts!`, which makes the tables.

/// Runs the first block in versions that have the field of a row, the second one in others.
macro_rules! if_exists {
    ($version:ident [] $then:block else $_:block) => {
        $then
    };
    ($version:ident [since $since:literal $(, $($rest:tt)*)?] $then:block else $else:block) => {
        if $version >= $since {
            if_exists!($version [$($($rest)*)?] $then else $else)
        } else {
            $else
        }
    };
    ($version:ident [until $until:literal $(, $($rest:tt)*)?] $then:block else $else:block) => {
        if $version <= $until {
            if_exists!($version [$($($rest)*)?] $then else $else)
        } else {
            $else
        }
    };
    ($version:ident [$_:ident $($value:literal)? $(, $($rest:tt)*)?] $then:block else $else:block) => {
        if_exists!($version [$($($rest)*)?] $then else $else)
    };
}
pub(crate) use if_exists;

/// The default of a field of a fixed part: the prescribed value, or the value for 'none'.
macro_rules! usual {
    ($Fixed:ty, []) => {
        <$Fixed>::default()
    };
    ($Fixed:ty, [reserved $value:literal $($rest:tt)*]) => {
        <$Fixed as Fixed>::printed($value)
    };
    ($Fixed:ty, [default $value:literal $($rest:tt)*]) => {
        <$Fixed as Fixed>::printed($value)
    };
    ($Fixed:ty, [$_:ident $($value:literal)? $(, $($rest:tt)*)?]) => {
        usual!($Fixed, [$($($rest)*)?])
    };
}
pub(crate) use usual;

/// Runs the block unless the guide calls the field of a row reserved.
macro_rules! unless_reserved {
    ([] $then:block) => {
        $then
    };
    ([reserved $($rest:tt)*] $_:block) => {};
    ([$_:ident $($value:literal)? $(, $($rest:tt)*)?] $then:block) => {
        unless_reserved!([$($($rest)*)?] $then)
    };
}
pub(crate) use unless_reserved;

/// Chooses the first block for a row of a fixed part whose value may be implied, as it is reserved or not
/// in all versions, the second one for others.
macro_rules! if_implied {
    ([] $_:block else $else:block) => {
        $else
    };
    ([reserved $($rest:tt)*] $then:block else $_:block) => {
        $then
    };
    ([since $($rest:tt)*] $then:block else $_:block) => {
        $then
    };
    ([until $($rest:tt)*] $then:block else $_:block) => {
        $then
    };
    ([$_:ident $($value:literal)? $(, $($rest:tt)*)?] $then:block else $else:block) => {
        if_implied!([$($($rest)*)?] $then else $else)
    };
}
pub(crate) use if_implied;

/// Chooses the first block for a field that holds a password, the second one for others.
macro_rules! if_secret {
    ([] $_:block else $else:block) => {
        $else
    };
    ([secret $($rest:tt)*] $then:block else $_:block) => {
        $then
    };
    ([$_:ident $($value:literal)? $(, $($rest:tt)*)?] $then:block else $else:block) => {
        if_secret!([$($($rest)*)?] $then else $else)
    };
}
pub(crate) use if_secret;

/// The part of a message's trait that depends on a field's name.
macro_rules! body_item {
    (invoke_id) => {
        #[inline]
        fn invoke_id(&self) -> Option<u32> {
            Some(self.invoke_id)
        }
        #[inline]
        fn invoke_id_mut(&mut self) -> Option<&mut u32> {
            Some(&mut self.invoke_id)
        }
    };
    ($_:ident) => {};
}
pub(crate) use body_item;

/// Declares a message from its two tables. See the head of the module for the rows.
macro_rules! message {
    (
        $(#[$doc:meta])*
        $Name:ident = $TYPE:ident($id:literal), $class:ident, $sent_by:ident
        $(-> $Confirmation:ident)? $(where $rules:ident)?;
        fixed {$(
            $(
                $count_name:literal = count of $count_of:ident $count_as:literal
                $([$($count_fact:ident $($count_value:literal)?),*])?
            )?
            $(
                $(#[$fixed_doc:meta])+
                $fixed_name:literal $fixed:ident: $Fixed:ty
                $([$($fixed_fact:ident $($fixed_value:literal)?),*])?
            )?
            ;
        )*}
        floating {$(
            $(
                $number_name:literal [$number_id:literal] = count of $number_of:ident
                $number_as:literal
                $([$($number_fact:ident $($number_value:literal)?),*])?
            )?
            $(
                $(#[$float_doc:meta])+
                $float_name:literal [$($float_id:literal)+] $float:ident: $Float:ty
                $([$($float_fact:ident $($float_value:literal)?),*])?
            )?
            ;
        )*}
    ) => {
        $(#[$doc])*
        #[doc = message_doc!($TYPE $id $class $sent_by $($Confirmation)?)]
        #[derive(Copy, PartialEq, Hash)]
        pub struct $Name<'a> {
            $($(
                $(#[$fixed_doc])+
                #[doc = row_doc!($fixed_name [] $($($fixed_fact $($fixed_value)?),*)?)]
                pub $fixed: $Fixed,
            )?)*
            $($(
                $(#[$float_doc])+
                #[doc = row_doc!($float_name [$($float_id)+] $($($float_fact $($float_value)?),*)?)]
                pub $float: $Float,
            )?)*
            /// Floating fields that the table does not list, in the order in which they came.
            pub unlisted: Unlisted<'a>,
        }

        // Derived, these two look at the type of each field, for which `PartialEq` and `Copy` suffice.
        impl Clone for $Name<'_> {
            #[inline]
            fn clone(&self) -> Self {
                *self
            }
        }

        impl Eq for $Name<'_> {}

        impl MessageType {
            #[doc = concat!("[`", stringify!($Name), "`].")]
            pub const $TYPE: Self = Self($id);
        }

        impl<'a> $Name<'a> {
            const FLOATING: &'static [FloatingRow] = &number_floating([$(
                $(floating_row::<$Float>(
                    &[$($float_id),+],
                    $float_name,
                    facts!($($($float_fact $($float_value)?),*)?),
                    None,
                ),)?
                $(floating_row::<Option<u16>>(
                    &[$number_id],
                    $number_name,
                    facts!($($($number_fact $($number_value)?),*)?),
                    Some($number_as),
                ),)?
            )*]);

            const FIXED: &'static [FixedRow] = &number_fixed([$(
                $(fixed_row::<$Fixed>(
                    $fixed_name,
                    facts!($($($fixed_fact $($fixed_value)?),*)?),
                    None,
                ),)?
                $(fixed_row::<u16>(
                    $count_name,
                    facts!($($($count_fact $($count_value)?),*)?),
                    Some($count_as),
                ),)?
            )*], Self::FLOATING);

            #[inline(always)]
            fn fixed_size(version: u32) -> usize {
                let _ = version;
                0_usize $(
                    $(.saturating_add(if_exists!(
                        version [$($($fixed_fact $($fixed_value)?),*)?] { <$Fixed as Fixed>::SIZE } else { 0 }
                    )))?
                    $(.saturating_add({
                        let _ = $count_name;
                        if_exists!(version [$($($count_fact $($count_value)?),*)?] { 2 } else { 0 })
                    }))?
                )*
            }

            #[inline(always)]
            fn read_fixed(fixed: &[u8], version: u32) -> Self {
                let _ = (fixed, version);
                #[allow(unused_mut, reason = "a message may have no fixed part")]
                let mut at = 0_usize;
                // The number of elements, declared below, is kept under the name of the list.
                $($(
                    #[allow(unused_variables, reason = "not all of them are lists")]
                    let $float = Announced::NONE;
                )?)*
                $(
                    $(let $fixed: $Fixed = if_exists!(version [$($($fixed_fact $($fixed_value)?),*)?] {
                        let from = at;
                        at = at.saturating_add(<$Fixed as Fixed>::SIZE);
                        <$Fixed as Fixed>::read_at(fixed, from)
                    } else {
                        usual!($Fixed, [$($($fixed_fact $($fixed_value)?),*)?])
                    });)?
                    $(let $count_of = if_exists!(version [$($($count_fact $($count_value)?),*)?] {
                        let _ = $count_name;
                        let from = at;
                        at = at.saturating_add(2);
                        Announced::new(<u16 as Fixed>::read_at(fixed, from), Came::Fixed)
                    } else {
                        Announced::NONE
                    });)?
                )*
                let _ = at;
                Self {
                    $($($fixed,)?)*
                    $($($float: <$Float as Slot<'a>>::received($float),)?)*
                    unlisted: Unlisted::default(),
                }
            }

            /// Reads the floating part, and returns whether no field is cut short.
            #[inline]
            fn read_any_floating(&mut self, floating: &'a [u8], version: Version) -> bool {
                if floating.is_empty() {
                    true
                } else if version.is_newer() {
                    self.read_floating::<<Version as Dialect>::Newer>(floating)
                } else {
                    self.read_floating::<<Version as Dialect>::Older>(floating)
                }
            }

            /// Returns the floating part as received, if it is unchanged.
            #[cold]
            fn floating_as_received(&self, header: FieldHeader) -> Option<&'a [u8]> {
                let floating = self.unlisted.floating(header)?;
                let mut again = Self {
                    $($($float: <$Float as Slot<'a>>::received(Announced::NONE),)?)*
                    ..*self
                };
                $($(if let Some(count) = self.$count_of.announced() {
                    let _ = $count_name;
                    again.$count_of.announce(count, Came::Fixed);
                })?)*
                let whole = if header == <<Version as Dialect>::Newer as Widths>::HEADER {
                    again.read_floating::<<Version as Dialect>::Newer>(floating)
                } else {
                    again.read_floating::<<Version as Dialect>::Older>(floating)
                };
                // The fixed part is a copy.
                let unchanged = whole
                    $($(&& same(&again.$float, &self.$float))?)*
                    && same(&again.unlisted, &self.unlisted);
                unchanged.then_some(floating)
            }

            // Apart from the rest, so that it writes to where the struct is to be.
            #[inline(never)]
            fn read_floating<W: Widths>(&mut self, floating: &'a [u8]) -> bool {
                let mut rest = floating;
                // The counts that have been met, and whether a field has stayed unlisted.
                let mut met = 0_u64;
                while let Some(step) = Step::read::<W>(rest) {
                    rest = step.after;
                    match step.field.id {
                        $(
                            // An arm for each id, so that a list need not ask once more which it is.
                            $($($float_id => {
                                // The value of a non-repeating field is kept in the struct.
                                if !<$Float as Slot<'a>>::REPEATS && self.$float.is_set() {
                                    met |= STRAY;
                                } else if let Some(after) = self.$float.put::<W>(step) {
                                    rest = after;
                                } else {
                                    met |= STRAY;
                                }
                            })+)?
                            $($number_id => {
                                let bit = const { bit(Self::FLOATING, $number_id) };
                                match u16::read(step.field.data) {
                                    Some(count) if met & bit == 0 => {
                                        met |= bit;
                                        self.$number_of.announce(count, Came::Floating);
                                    }
                                    _ => met |= STRAY,
                                }
                            })?
                        )*
                        _ => met |= STRAY,
                    }
                }
                if met & STRAY != 0 {
                    self.unlisted = Unlisted::from_wire(floating, W::HEADER, Self::LAYOUT);
                }
                rest.is_empty()
            }
        }

        const _: () = {
            // A static, so that a row has one address, by which it can be known.
            static LAYOUT: Layout = Layout {
                message_type: $id,
                name: stringify!($TYPE),
                class: Class::$class,
                sent_by: SentBy::$sent_by,
                confirmation: [
                    $(Some(<$Confirmation<'static> as Body<'static>>::LAYOUT.message_type),)?
                    None,
                ][0],
                fixed: <$Name<'static>>::FIXED,
                floating: <$Name<'static>>::FLOATING,
                plan: Plan::of(<$Name<'static>>::FIXED, <$Name<'static>>::FLOATING),
                places: Places::of(<$Name<'static>>::FLOATING),
            };

            impl Content for $Name<'_> {
                fn write(&self, out: &mut Writer<'_>) {
                    out.message_type = $id;
                    let version = out.how.version;
                    $(
                        $(if_exists!(version [$($($fixed_fact $($fixed_value)?),*)?] {
                            // A reserved field keeps any value received.
                            unless_reserved!([$($($fixed_fact $($fixed_value)?),*)?] {
                                if out.how.strict
                                    && let Some(kind) = <$Fixed as Fixed>::refusal(self.$fixed)
                                {
                                    out.refuse_field($fixed_name, kind);
                                }
                            });
                        } else {
                            if !out.how.fit && self.$fixed != usual!($Fixed, [$($($fixed_fact $($fixed_value)?),*)?]) {
                                const FACTS: Facts =
                                    facts!($($($fixed_fact $($fixed_value)?),*)?);
                                out.refuse(newer($fixed_name, FACTS.since, FACTS.last()));
                            }
                        });)?
                        $(let $count_of = if_exists!(version [$($($count_fact $($count_value)?),*)?] {
                            count(&self.$count_of, $count_name, $count_as, out)
                        } else {
                            0
                        });)?
                    )*
                    {
                        #[allow(unused_mut, reason = "a message may have no fixed part")]
                        let mut room = Room::new(out.fixed(Self::fixed_size(version)));
                        $(
                            $(if_exists!(version [$($($fixed_fact $($fixed_value)?),*)?] {
                                <$Fixed as Fixed>::write(self.$fixed, &mut room);
                            } else {});)?
                            $(if_exists!(version [$($($count_fact $($count_value)?),*)?] {
                                Number::write($count_of, &mut room);
                            } else {});)?
                        )*
                        let _ = room;
                    }
                    $(
                        $(self.$float.write(
                            const { row_of(Self::FLOATING, [$($float_id),+][0]) },
                            out,
                        );)?
                        $(write_count(
                            &self.$number_of,
                            const { row_of(Self::FLOATING, $number_id) },
                            out,
                        );)?
                    )*
                    $(if out.how.strict {
                        refuse_broken(out, |report| self.$rules(report));
                    })?
                    // As elements of a list may be.
                    if const { lists(Self::FLOATING) != 0 }
                        && let Some(refusal) = out.kept_apart
                    {
                        return match self.floating_as_received(out.how.header) {
                            Some(received) => {
                                out.back_to_fixed(Self::fixed_size(version));
                                out.put(received);
                            }
                            None => out.refuse(refusal),
                        };
                    }
                    self.unlisted.write(Self::LAYOUT, out);
                }
            }

            impl<'a> Body<'a> for $Name<'a> {
                type Version = Version;
                type Of<'b> = $Name<'b>;
                const TYPE: MessageType = MessageType::$TYPE;
                const LAYOUT: &'static Layout = &LAYOUT;
                const HAS_RULES: bool = !concat!($(stringify!($rules))?).is_empty();

                #[inline]
                fn decode(body: &'a [u8], version: Version) -> Result<Self, DecodeError> {
                    let number = version.number();
                    let Some((fixed, floating)) = body.split_at_checked(Self::fixed_size(number))
                    else {
                        return Err(short_fixed(Self::LAYOUT, body, number));
                    };
                    let mut message = Self::read_fixed(fixed, number);
                    if message.read_any_floating(floating, version) {
                        Ok(message)
                    } else {
                        Err(cut_short($id, body, version))
                    }
                }

                #[inline(always)]
                fn decode_into(
                    slot: &mut Message<'a>,
                    body: &'a [u8],
                    version: Version,
                ) -> bool {
                    let number = version.number();
                    let Some((fixed, floating)) = body.split_at_checked(Self::fixed_size(number))
                    else {
                        return false;
                    };
                    *slot = Message::$Name(Self::read_fixed(fixed, number));
                    match slot {
                        Message::$Name(message) => message.read_any_floating(floating, version),
                        _ => true,
                    }
                }

                fn show(&self, visitor: &mut Show<'_, 'a>) {
                    #[allow(unused_mut, reason = "a message may have no rows")]
                    let mut rows = LAYOUT.fixed.iter();
                    $(if let Some(row) = rows.next() {
                        $(
                            let value = <$Fixed as Fixed>::value(&self.$fixed);
                            if_implied!([$($($fixed_fact $($fixed_value)?),*)?] {
                                visitor.fixed(row, value);
                            } else {
                                visitor.plain(row, value);
                            });
                        )?
                        $(
                            let _ = $count_name;
                            let count = shown_count(&self.$count_of);
                            let value = Value::Unsigned(count.into());
                            if_implied!([$($($count_fact $($count_value)?),*)?] {
                                visitor.fixed(row, value);
                            } else {
                                visitor.plain(row, value);
                            });
                        )?
                    })*
                    let _ = rows;
                    #[allow(unused_mut, reason = "a message may have no rows")]
                    let mut rows = LAYOUT.floating.iter();
                    $(if let Some(row) = rows.next() {
                        $(<$Float as Slot<'a>>::visit(&self.$float, row, visitor);)?
                        $(
                            let _ = $number_name;
                            let count = floating_count(&self.$number_of, &How::SHOW);
                            if count.is_some() {
                                Slot::visit(&count, row, visitor);
                            }
                        )?
                    })*
                    let _ = rows;
                    visitor.unlisted(&self.unlisted);
                }

                fn broken_rules(&self, report: &mut Report<'_>) {
                    $(self.$rules(report);)?
                    let _ = report;
                }

                fn hide_secrets(&mut self) {
                    $($(if_secret!([$($($float_fact $($float_value)?),*)?] { Slot::hide(&mut self.$float) } else {});)?)*
                }

                $($(body_item! { $fixed })?)*
            }

            $(impl<'a> Request<'a> for $Name<'a> {
                type Confirmation<'b> = $Confirmation<'b>;
            })?

            impl<'a> Common<'a> for $Name<'a> {
                $($(common! { $fixed })?)*
                $($(common! { $float })?)*
            }
        };

        impl<'a> Default for $Name<'a> {
            fn default() -> Self {
                Self {
                    $($($fixed: usual!($Fixed, [$($($fixed_fact $($fixed_value)?),*)?]),)?)*
                    $($($float: Default::default(),)?)*
                    unlisted: Unlisted::default(),
                }
            }
        }

        /// Shows the message on one line: see `Message`.
        impl core::fmt::Display for $Name<'_> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                summary::write(Self::LAYOUT.type_name(), &mut |line| self.visit(line), f)
            }
        }

        /// Shows the fields that are set, without passwords.
        impl<'a> core::fmt::Debug for $Name<'a> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                let mut shown = f.debug_struct(stringify!($Name));
                $($(shown.field(stringify!($fixed), &self.$fixed);)?)*
                $($(if <$Float as Slot<'a>>::is_set(&self.$float) {
                    if_secret!([$($($float_fact $($float_value)?),*)?] {
                        shown.field(stringify!($float), &format_args!("***"))
                    } else {
                        shown.field(stringify!($float), &self.$float)
                    });
                })?)*
                if !self.unlisted.is_empty() {
                    shown.field("unlisted", &self.unlisted);
                }
                shown.finish()
            }
        }
    };
}
pub(crate) use message;

/// Declares the element of a list from the rows that repeat.
macro_rules! group {
    (
        $(#[$doc:meta])*
        $Name:ident $(<$life:lifetime>)? {$(
            $(
                $number_name:literal [$number_id:literal] = count of $number_of:ident
                $number_as:literal
                $([$($number_fact:ident $($number_value:literal)?),*])?
            )?
            $(
                $(#[$float_doc:meta])+
                $float_name:literal [$($float_id:literal)+] $float:ident: $Float:ty
                $([$($float_fact:ident $($float_value:literal)?),*])?
            )?
            ;
        )*}
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
        pub struct $Name $(<$life>)? {
            $($(
                $(#[$float_doc])+
                #[doc = row_doc!($float_name [$($float_id)+] $($($float_fact $($float_value)?),*)?)]
                pub $float: $Float,
            )?)*
        }

        /// Serializes as the object that the element is in a message.
        #[cfg(feature = "serde")]
        impl $(<$life>)? serde::Serialize for $Name $(<$life>)? {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                crate::mhdr::json::write_element(self, serializer)
            }
        }

        impl<'a> Element<'a> for $Name $(<$life>)? {
            const ROWS: &'static [FloatingRow] = &number_floating([$(
                $(floating_row::<$Float>(
                    &[$($float_id),+],
                    $float_name,
                    facts!($($($float_fact $($float_value)?),*)?),
                    None,
                ),)?
                $(floating_row::<Option<u16>>(
                    &[$number_id],
                    $number_name,
                    facts!($($($number_fact $($number_value)?),*)?),
                    Some($number_as),
                ),)?
            )*]);

            fn received() -> Self {
                Self {
                    $($($float: <$Float as Slot<'a>>::received(Announced::NONE),)?)*
                }
            }

            #[inline(always)]
            fn admits(field: FloatingField<'a>) -> bool {
                match field.id {
                    $(
                        $($($float_id)|+ => <$Float as Slot<'a>>::admits(field),)?
                        $($number_id => <Option<u16> as Slot<'a>>::admits(field),)?
                    )*
                    _ => false,
                }
            }

            fn place(&mut self, step: &Step<'a>, header: FieldHeader, started: bool) -> Place<'a> {
                match match step.field.id {
                    $(
                        $($($float_id)|+ => {
                            // Another one of the first member begins the next element.
                            if started && const {
                                place_of(<Self as Element<'a>>::ROWS, [$($float_id),+][0]) == 0
                            } {
                                return if <$Float as Slot<'a>>::admits(step.field) {
                                    Place::Next
                                } else {
                                    Place::Passed
                                };
                            }
                            self.$float.accept(step, header)
                        })?
                        $($number_id => match (
                            self.$number_of.announced(),
                            u16::read(step.field.data),
                        ) {
                            (_, None) => Accept::Refused,
                            (Some(_), _) => Accept::Unlisted,
                            _ if started && const {
                                place_of(<Self as Element<'a>>::ROWS, $number_id) == 0
                            } => Accept::Unlisted,
                            (None, Some(count)) => {
                                self.$number_of.announce(count, Came::Floating);
                                Accept::Taken(step.after)
                            }
                        },)?
                    )*
                    _ => return Place::Stranger,
                } {
                    Accept::Taken(after) => Place::Taken(after),
                    Accept::Unlisted => Place::Next,
                    Accept::Refused => Place::Passed,
                }
            }

            fn write(&self, out: &mut Writer<'_>) {
                $(
                    $(self.$float.write(
                        const { row_of(<Self as Element<'a>>::ROWS, [$($float_id),+][0]) },
                        out,
                    );)?
                    $(write_count(
                        &self.$number_of,
                        const { row_of(<Self as Element<'a>>::ROWS, $number_id) },
                        out,
                    );)?
                )*
            }

            #[inline(always)]
            fn stays(step: &Step<'a>, within: &mut Within<'a>, out: &mut Writer<'_>) -> Stays {
                let (stays, place) = match step.field.id {
                    $(
                        $($($float_id => {
                            let row = const { row_of(<Self as Element<'a>>::ROWS, $float_id) };
                            let counted =
                                const { is_counted(<Self as Element<'a>>::ROWS, $float_id) };
                            let place = const { place_of(<Self as Element<'a>>::ROWS, $float_id) };
                            (<$Float as Slot<'a>>::stays(step, row, counted, within, out), place)
                        })+)?
                        $($number_id => {
                            let row = const { row_of(<Self as Element<'a>>::ROWS, $number_id) };
                            let place = const { place_of(<Self as Element<'a>>::ROWS, $number_id) };
                            let stays = Option::<u16>::stays(step, row, false, within, out)
                                && u16::read(step.field.data).is_some_and(|count| within.announce(count));
                            (stays, place)
                        })?
                    )*
                    _ => return Stays::Stranger,
                };
                if stays { Stays::Row(place) } else { Stays::No }
            }

            fn visit(&self, rows: &'static [FloatingRow], visitor: &mut Show<'_, 'a>) {
                // They are the same, and now the compiler knows their number.
                if rows.len() != Self::ROWS.len() {
                    return;
                }
                let mut rows = rows.iter();
                $(if let Some(row) = rows.next() {
                    $(<$Float as Slot<'a>>::visit(&self.$float, row, visitor);)?
                    $(
                        let _ = $number_name;
                        let count = floating_count(&self.$number_of, &How::SHOW);
                        if count.is_some() {
                            Slot::visit(&count, row, visitor);
                        }
                    )?
                })*
                let _ = rows;
            }

            fn first(&self, how: &How) -> Option<u16> {
                $(
                    $({
                        let row = const { row_of(<Self as Element<'a>>::ROWS, [$($float_id),+][0]) };
                        if let first @ Some(_) = Slot::first(&self.$float, row, how) {
                            return first;
                        }
                    })?
                    $({
                        let row = const { row_of(<Self as Element<'a>>::ROWS, $number_id) };
                        let count = floating_count(&self.$number_of, how);
                        if let first @ Some(_) = Slot::first(&count, row, how) {
                            return first;
                        }
                    })?
                )*
                None
            }

            fn holds(&self, id: u16, how: &How) -> bool {
                $(
                    $({
                        let row = const { row_of(<Self as Element<'a>>::ROWS, [$($float_id),+][0]) };
                        if matches!(row, FloatingRow::Field(_))
                            && Slot::first(&self.$float, row, how) == Some(id)
                        {
                            return true;
                        }
                    })?
                    $({
                        let row = const { row_of(<Self as Element<'a>>::ROWS, $number_id) };
                        let count = floating_count(&self.$number_of, how);
                        if Slot::first(&count, row, how) == Some(id) {
                            return true;
                        }
                    })?
                )*
                false
            }
        }
    };
}
pub(crate) use group;
