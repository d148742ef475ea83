//! What holds of every filter and every object.

use connector_core::Filter;
use connector_core::filter::Comparison;
use proptest::prelude::*;

use super::arbitrary::{filter, leaf, name, object, value};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn not_turns_the_answer_around(filter in filter(), object in object()) {
        prop_assert_eq!(filter.clone().negate().matches(&object), !filter.matches(&object));
    }

    #[test]
    fn de_morgan(one in leaf(), other in leaf(), object in object()) {
        let neither = Filter::Or(vec![one.clone(), other.clone()]).negate();
        let both_not = Filter::And(vec![one.negate(), other.negate()]);
        prop_assert_eq!(neither.matches(&object), both_not.matches(&object));
    }

    #[test]
    fn all_and_any_are_and_and_or_of_their_parts(parts in prop::collection::vec(leaf(), 0..4), object in object()) {
        let answers: Vec<_> = parts.iter().map(|part| part.matches(&object)).collect();
        prop_assert_eq!(Filter::And(parts.clone()).matches(&object), answers.iter().all(|answer| *answer));
        prop_assert_eq!(Filter::Or(parts).matches(&object), answers.iter().any(|answer| *answer));
    }

    #[test]
    fn in_is_any_equal_and_contains_all_is_all_equal(
        name in name(), values in prop::collection::vec(value(), 0..4), object in object()
    ) {
        let each: Vec<_> = values.iter().map(|value| Filter::equal(name.clone(), value.clone())).collect();
        let one_of = Filter::one_of(name.clone(), values.clone());
        prop_assert_eq!(one_of.matches(&object), Filter::Or(each.clone()).matches(&object));
        let all = Filter::ContainsAll { attribute: name, values };
        prop_assert_eq!(all.matches(&object), Filter::And(each).matches(&object));
    }

    #[test]
    fn or_equal_is_equal_or_the_strict_comparison(name in name(), value in value(), object in object()) {
        let holds = |comparison| Filter::compare(name.clone(), comparison, value.clone()).matches(&object);
        let equal = holds(Comparison::Equal);
        prop_assert_eq!(holds(Comparison::GreaterOrEqual), equal || holds(Comparison::Greater));
        prop_assert_eq!(holds(Comparison::LessOrEqual), equal || holds(Comparison::Less));
    }

    #[test]
    fn a_value_equals_itself_and_whoever_satisfies_a_leaf_has_a_value(
        object in object(), name in name(), leaf in leaf()
    ) {
        for value in object.values_of(&name) {
            prop_assert!(Filter::equal(name.clone(), value).matches(&object));
        }
        let vacuous = matches!(&leaf, Filter::ContainsAll { values, .. } if values.is_empty());
        if leaf.matches(&object) && !vacuous {
            let attribute = leaf.attributes()[0].clone();
            prop_assert!(Filter::Present(attribute).matches(&object));
        }
    }

    #[test]
    fn the_form_does_not_change_the_meaning(filter in filter(), object in object()) {
        let again = Filter::parse(&filter.to_string()).unwrap();
        prop_assert_eq!(again.matches(&object), filter.matches(&object));
    }
}
