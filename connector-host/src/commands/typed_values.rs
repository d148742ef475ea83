//! From the texts that people type to the types that the schema wants.

use connector_core::object::{
    AttributeDelta, AttributeInfo, Change, ObjectClassInfo, Reference, Value, ValueType, special,
};
use connector_core::{Error, Result};
use serde_json::json;

/// Refuses the names that every target uses for a password, before anything is sent.
pub fn refuse_passwords(deltas: &[AttributeDelta]) -> Result<()> {
    let password = |delta: &&AttributeDelta| delta.name.is(special::PASSWORD) || delta.name.is("password");
    deltas.iter().find(password).map_or(Ok(()), |delta| Err(secret(delta)))
}

/// Refuses whatever this tenant's schema calls a secret.
pub fn refuse_secrets(info: &ObjectClassInfo, on_command_line: &[AttributeDelta]) -> Result<()> {
    let is_secret = |delta: &&AttributeDelta| {
        info.attribute(&delta.name).is_some_and(|info| info.value_type == ValueType::Secret)
    };
    on_command_line.iter().find(is_secret).map_or(Ok(()), |delta| Err(secret(delta)))
}

fn secret(delta: &AttributeDelta) -> Error {
    let message = format!(
        "'{}' is a secret and does not belong on a command line, where others can see it",
        delta.name
    );
    Error::invalid_request(message)
        .with_attributes([delta.name.clone()])
        .with_advice("use reset-password, or give it with --json - on standard input")
}

/// Gives texts the type that the attribute has. Attributes that the schema does not know stay as they
/// are: the connector has the better words for them.
///
/// # Errors
///
/// A text that is no value of the type.
pub fn convert(info: &ObjectClassInfo, deltas: &mut [AttributeDelta]) -> Result<()> {
    for delta in deltas {
        let Some(info) = info.attribute(&delta.name) else { continue };
        match &mut delta.change {
            Change::Replace(values) => convert_all(info, values)?,
            Change::Modify { add, remove } => {
                convert_all(info, add)?;
                convert_all(info, remove)?;
            }
        }
    }
    Ok(())
}

fn convert_all(info: &AttributeInfo, values: &mut [Value]) -> Result<()> {
    for value in values {
        if let Value::String(text) = value {
            *value = typed(info, text)?;
        }
    }
    Ok(())
}

fn typed(info: &AttributeInfo, text: &str) -> Result<Value> {
    match info.value_type {
        ValueType::String | ValueType::Complex => Ok(Value::from(text)),
        ValueType::Boolean => boolean(info, text),
        ValueType::Reference => Ok(reference(info, text)),
        tagged => tag(info, &format!("${tagged}"), text),
    }
}

fn boolean(info: &AttributeInfo, text: &str) -> Result<Value> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Ok(Value::Boolean(true)),
        "false" => Ok(Value::Boolean(false)),
        _ => Err(wrong(info, &format!("'{text}' is neither true nor false"))),
    }
}

fn reference(info: &AttributeInfo, text: &str) -> Value {
    match &info.referenced_object_class {
        Some(class) => Value::Reference(Reference { object_class: class.clone(), uid: text.into() }),
        None => Value::from(text),
    }
}

/// By the reader of the wire protocol, which has a sentence for each wrong text.
fn tag(info: &AttributeInfo, tag: &str, text: &str) -> Result<Value> {
    serde_json::from_value(json!({tag: text}))
        .map_err(|error| wrong(info, error.to_string().trim_start_matches(tag).trim_start_matches(": ")))
}

fn wrong(info: &AttributeInfo, what: &str) -> Error {
    Error::invalid_request(format!("attribute '{}': {what}", info.name)).with_attributes([info.name.clone()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user() -> ObjectClassInfo {
        let info = |name: &str, value_type| AttributeInfo::new(name, value_type).plain();
        let mut manager = info("manager", ValueType::Reference);
        manager.referenced_object_class = Some("User".into());
        let attributes = vec![
            info("title", ValueType::String),
            info("__ENABLE__", ValueType::Boolean),
            info("hireDate", ValueType::Date),
            info("fte", ValueType::Decimal),
            info("level", ValueType::Integer),
            info("pin", ValueType::Secret),
            manager,
        ];
        ObjectClassInfo { name: "User".into(), aliases: Vec::new(), attributes }
    }

    fn typed(name: &str, text: &str) -> Result<String> {
        let mut deltas = vec![AttributeDelta::set(name, text)];
        convert(&user(), &mut deltas)?;
        Ok(serde_json::to_string(&deltas[0].change).unwrap())
    }

    #[track_caller]
    fn check(name: &str, text: &str, expected: &str) {
        assert_eq!(typed(name, text).unwrap(), expected);
    }

    #[test]
    fn texts_take_the_type_of_their_attribute() {
        check("title", "5", r#"["5"]"#);
        check("__enable__", "FALSE", "[false]");
        check("hireDate", "2024-01-31", r#"[{"$date":"2024-01-31"}]"#);
        check("fte", "0.50", r#"[{"$decimal":"0.50"}]"#);
        check("level", "3", "[3]");
        check("manager", "boss", r#"[{"$reference":{"object_class":"User","uid":"boss"}}]"#);
        check("unheardOf", "x", r#"["x"]"#);
    }

    #[test]
    fn a_wrong_text_is_refused_with_the_attribute() {
        let error = typed("hireDate", "31.1.2024").unwrap_err();
        assert!(error.message().starts_with("attribute 'hireDate': '31.1.2024' is not a date"), "{error}");
        assert_eq!(error.context().attributes[0].as_str(), "hireDate");
    }

    #[test]
    fn secrets_are_refused_on_the_command_line() {
        for name in ["password", "__PASSWORD__"] {
            assert!(refuse_passwords(&[AttributeDelta::set(name, "x")]).is_err());
        }
        assert!(refuse_secrets(&user(), &[AttributeDelta::set("pin", "x")]).is_err());
        assert!(refuse_secrets(&user(), &[AttributeDelta::set("title", "x")]).is_ok());
    }
}
