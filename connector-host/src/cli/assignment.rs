//! `name=value`, `name=`, `name+=value`, `name-=value`.

use std::str::FromStr;

use connector_core::object::{AttributeDelta, AttributeName, Change, Value};

/// One change to an attribute, as it is written on the command line.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    name: AttributeName,
    change: Step,
}

#[derive(Clone, Debug, PartialEq)]
enum Step {
    Set(String),
    Clear,
    Add(String),
    Remove(String),
}

impl FromStr for Assignment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("'{text}' is not a change; write name=value, name=, name+=value or name-=value");
        let (left, value) = text.split_once('=').ok_or_else(wrong)?;
        let value = value.to_owned();
        let (name, change) = match (left.strip_suffix('+'), left.strip_suffix('-')) {
            (Some(name), _) => (name, Step::Add(value)),
            (_, Some(name)) => (name, Step::Remove(value)),
            _ if value.is_empty() => (left, Step::Clear),
            _ => (left, Step::Set(value)),
        };
        if name.trim().is_empty() {
            return Err(wrong());
        }
        Ok(Self { name: name.trim().into(), change })
    }
}

impl Assignment {
    /// The changes that these assignments make together, one for each attribute, in their order.
    ///
    /// # Errors
    ///
    /// An attribute that is both set and modified, or both set and cleared: what is meant is not plain.
    pub fn combine(assignments: &[Self]) -> Result<Vec<AttributeDelta>, String> {
        let mut deltas: Vec<AttributeDelta> = Vec::new();
        for assignment in assignments {
            match deltas.iter_mut().find(|delta| delta.name == assignment.name) {
                Some(delta) => assignment.join(delta)?,
                None => deltas.push(assignment.delta()),
            }
        }
        Ok(deltas)
    }

    fn delta(&self) -> AttributeDelta {
        let change = match &self.change {
            Step::Set(value) => Change::Replace(vec![text(value)]),
            Step::Clear => Change::Replace(Vec::new()),
            Step::Add(value) => Change::Modify { add: vec![text(value)], remove: Vec::new() },
            Step::Remove(value) => Change::Modify { add: Vec::new(), remove: vec![text(value)] },
        };
        AttributeDelta { name: self.name.clone(), change }
    }

    fn join(&self, delta: &mut AttributeDelta) -> Result<(), String> {
        match (&self.change, &mut delta.change) {
            (Step::Set(value), Change::Replace(values)) if !values.is_empty() => values.push(text(value)),
            (Step::Add(value), Change::Modify { add, .. }) => add.push(text(value)),
            (Step::Remove(value), Change::Modify { remove, .. }) => remove.push(text(value)),
            _ => return Err(format!("'{}' is changed in two ways that exclude each other", self.name)),
        }
        Ok(())
    }
}

fn text(value: &str) -> Value {
    Value::from(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn combine(texts: &[&str]) -> Result<String, String> {
        let assignments: Result<Vec<Assignment>, String> = texts.iter().map(|text| text.parse()).collect();
        let deltas = Assignment::combine(&assignments?)?;
        let shown: Vec<_> = deltas
            .iter()
            .map(|delta| format!("{}:{}", delta.name, serde_json::to_string(&delta.change).unwrap()))
            .collect();
        Ok(shown.join(" "))
    }

    #[track_caller]
    fn check(texts: &[&str], expected: &str) {
        assert_eq!(combine(texts).as_deref(), Ok(expected));
    }

    #[test]
    fn each_form_is_understood() {
        check(&["title=Engineer"], r#"title:["Engineer"]"#);
        check(&["title="], "title:[]");
        check(&["m+=a", "M+=b", "m-=c"], r#"m:{"add":["a","b"],"remove":["c"]}"#);
        check(&["m=a", "m=b"], r#"m:["a","b"]"#);
    }

    #[test]
    fn only_the_first_equals_sign_counts_and_values_keep_their_spaces() {
        check(&["url=https://x/?a=b&c+=d"], r#"url:["https://x/?a=b&c+=d"]"#);
        check(&["name= Zoë 'Q' "], r#"name:[" Zoë 'Q' "]"#);
    }

    #[test]
    fn contradictions_and_nonsense_are_refused() {
        for texts in [&["a=1", "a+=2"][..], &["a=", "a=1"], &["a-=1", "a="], &["a=1", "a="]] {
            assert_eq!(combine(texts), Err("'a' is changed in two ways that exclude each other".to_owned()));
        }
        for text in ["title", "=x", "+=x", ""] {
            assert!(combine(&[text]).unwrap_err().contains("write name=value"), "{text}");
        }
    }
}
