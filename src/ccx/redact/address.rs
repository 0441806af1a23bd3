//! Stand-ins for addresses: two addresses with a common prefix have stand-ins with a common prefix,
//! and an octet keeps its number of digits, so that it fits in the place of a text.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::vec::Vec;

use super::words::Key;

/// Returns the stand-in of an address. Addresses that are no single host are kept.
pub(super) fn stand_in(key: &Key, tweak: u8, address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(address) => four(key, tweak, address).into(),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(inner) => four(key, tweak, inner).to_ipv6_mapped().into(),
            None => six(key, tweak, address).into(),
        },
    }
}

fn four(key: &Key, tweak: u8, address: Ipv4Addr) -> Ipv4Addr {
    if address.is_loopback()
        || address.is_unspecified()
        || address.is_broadcast()
        || address.is_multicast()
    {
        return address;
    }
    let octets = address.octets();
    let [one, two, three, four] = octets;
    let second = match (one, two) {
        (192, 168) | (169, 254) => two,
        (172, 16..=31) => octet(key, tweak, &[one], two, 16, 31),
        _ => plain(key, tweak, &[one], two),
    };
    let third = plain(key, tweak, &[one, two], three);
    let fourth = match four {
        0 | 255 => four,
        1..=9 => octet(key, tweak, &[one, two, three], four, 1, 9),
        100..=254 => octet(key, tweak, &[one, two, three], four, 100, 254),
        _ => plain(key, tweak, &[one, two, three], four),
    };
    Ipv4Addr::new(one, second, third, fourth)
}

fn plain(key: &Key, tweak: u8, before: &[u8], value: u8) -> u8 {
    let (first, last) = match value {
        0..=9 => (0, 9),
        10..=99 => (10, 99),
        100.. => (100, 255),
    };
    octet(key, tweak, before, value, first, last)
}

/// Returns another value from the first to the last, by a permutation without fixed points.
fn octet(key: &Key, tweak: u8, before: &[u8], value: u8, first: u8, last: u8) -> u8 {
    let mut order: Vec<u8> = (first..=last).collect();
    let given = [&[tweak, first, last][..], before].concat();
    let count = u32::try_from(order.len()).unwrap_or(1);
    let numbers = key.numbers(b"octet", &given, (1..=count).rev());
    let mut shuffled = Vec::with_capacity(order.len());
    for number in numbers {
        let at = usize::try_from(number).unwrap_or_default();
        if at < order.len() {
            shuffled.push(order.swap_remove(at));
        }
    }
    let at = shuffled.iter().position(|other| *other == value);
    let next = at.and_then(|at| shuffled.get(at.saturating_add(1)));
    next.or(shuffled.first()).copied().unwrap_or(value)
}

fn six(key: &Key, tweak: u8, address: Ipv6Addr) -> Ipv6Addr {
    if address.is_loopback() || address.is_multicast() {
        return address;
    }
    let mut bytes = address.octets();
    let original = bytes;
    // The part that gives the kind of address stays, and so does a run of zeros.
    for (first, last) in [(2, 8), (8, 16)] {
        let (Some(before), Some(part)) = (original.get(..first), bytes.get_mut(first..last)) else {
            continue;
        };
        if part.iter().all(|byte| *byte == 0) {
            continue;
        }
        // All addresses below the same prefix are changed alike, each by the same difference, which
        // is not 0.
        let given = [&[tweak][..], before].concat();
        let numbers = key.numbers(b"six", &given, part.iter().map(|_| 255));
        for (byte, number) in part.iter_mut().zip(numbers) {
            let number = u8::try_from(number).unwrap_or(0).wrapping_add(1);
            *byte ^= number;
        }
    }
    bytes.into()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn addresses_keep_their_neighbours_and_their_digits() {
        let key = Key([3; 32]);
        let of = |text: &str| stand_in(&key, 0, text.parse().unwrap()).to_string();
        let (one, two) = (of("10.1.1.20"), of("10.1.1.31"));
        let net = |text: &str| text.rsplit_once('.').unwrap().0.to_owned();
        assert_eq!(net(&one), net(&two));
        assert_ne!(net(&one), "10.1.1");
        for text in ["10.1.1.20", "192.168.17.254", "172.20.0.9", "203.0.113.77"] {
            let other = of(text);
            assert_ne!(other, text);
            assert_eq!(other.len(), text.len(), "{text} {other}");
        }
        for text in [
            "127.0.0.1",
            "255.255.255.255",
            "224.0.0.1",
            "::1",
            "ff02::1",
        ] {
            assert_eq!(of(text), text);
        }
        assert!(of("172.20.0.9").starts_with("172."));
        let all: HashSet<_> = (1..=254)
            .map(|last| of(&format!("192.168.1.{last}")))
            .collect();
        assert_eq!(all.len(), 254);
        let (one, two) = (of("2001:db8:1:2::1"), of("2001:db8:1:2::2"));
        assert!(one.starts_with("2001:") && one != "2001:db8:1:2::1");
        assert_ne!(one, two);
        assert_eq!(
            of("::ffff:10.1.1.20"),
            format!("::ffff:{}", of("10.1.1.20"))
        );
    }
}
