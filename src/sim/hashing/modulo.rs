//! The obvious scheme: the hash modulo the number of nodes. Nearly every key moves when the number
//! of nodes changes.

/// The node of a hash: the one at place `hash mod n` in the list. Weights do not count.
pub fn owner(hash: u64, nodes: &[u16]) -> Option<u16> {
    let place = hash.checked_rem(nodes.len() as u64)?;
    nodes.get(usize::try_from(place).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remainder_counts_places_not_names() {
        assert_eq!(owner(7, &[10, 20, 30]), Some(20));
    }

    #[test]
    fn without_nodes_there_is_no_answer() {
        assert_eq!(owner(7, &[]), None);
    }
}
