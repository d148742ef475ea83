//! From a message of OpenIAM to a request of the protocol.

use connector_core::protocol::{MalformedRequest, Request, RequestId};
use connector_core::{Error, Filter};
use serde_json::{Map, Value as Json, json};

use super::Mapping;

/// The code of what is understood and not done.
const UNSUPPORTED: i32 = -31001;

impl Mapping {
    /// Reads a message.
    ///
    /// # Errors
    ///
    /// What is no JSON, names no operation that there is, or lacks what its operation needs.
    pub fn decode(&self, body: &[u8]) -> Result<Request, MalformedRequest> {
        let json: Json = serde_json::from_slice(body).map_err(|error| {
            MalformedRequest::not_json(format!(
                "the message is not JSON: line {}, column {}",
                error.line(),
                error.column()
            ))
        })?;
        let id = at(&json, &self.request.id).cloned().unwrap_or_else(|| json!(""));
        let method = self.method(&json, &id)?;
        let refused =
            |sentence| MalformedRequest::wrong_params(serde_json::from_value(id.clone()).ok(), sentence);
        let mut params = self.params(&json, method).map_err(refused)?;
        params.insert("meta".to_owned(), self.meta(&json).map_err(refused)?);
        let request = json!({"id": id, "method": method, "params": params});
        Request::from_json(request.to_string().as_bytes())
    }

    fn method<'a>(&'a self, json: &Json, id: &Json) -> Result<&'a str, MalformedRequest> {
        let id: Option<RequestId> = serde_json::from_value(id.clone()).ok();
        let word = at(json, &self.request.operation).and_then(Json::as_str).unwrap_or_default();
        let known = || self.operations.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        match self.operations.get(&word.to_ascii_uppercase()).map(String::as_str) {
            None => {
                let sentence = format!("there is no operation '{word}'; there is {}", known());
                Err(MalformedRequest::unknown_method(id, sentence))
            }
            Some("authenticate") => {
                let error =
                    Error::unsupported("SuccessFactors does not check the passwords of people for others");
                Err(MalformedRequest { id, code: UNSUPPORTED, error })
            }
            Some(method) => Ok(method),
        }
    }

    fn params(&self, json: &Json, method: &str) -> Result<Map<String, Json>, String> {
        let names = &self.request;
        let mut params = Map::new();
        let mut put = |key: &str, value: Option<Json>| {
            if let Some(value) = value {
                params.insert(key.to_owned(), value);
            }
        };
        if method == "test" {
            return Ok(params);
        }
        put("object_class", Some(json!(self.object_class(json))));
        let identity = at(json, &names.identity);
        if method == "search" {
            put("filter", self.filter(json, identity)?);
            put("attributes_to_get", at(json, &names.fields).and_then(fields));
            return Ok(params);
        }
        put("uid", identity.cloned());
        if method == "save" {
            put("attributes", Some(self.attributes(json)?));
        }
        if method == "reset_password" {
            put("new_password", at(json, &names.password).cloned());
        }
        Ok(params)
    }

    /// Whom a search is for. If somebody is named and filtered for, both hold; an empty name is not everybody.
    fn filter(&self, json: &Json, identity: Option<&Json>) -> Result<Option<Json>, String> {
        let (identity_name, filter_name) = (&self.request.identity, &self.request.filter);
        let filter = at(json, filter_name).filter(|filter| filter.as_str() != Some(""));
        let is_empty = identity.is_some_and(|identity| identity.as_str() == Some(""));
        let whom = || identity.map(|identity| json!({"equal": ["__UID__", identity]}));
        match (identity, filter) {
            (Some(_), None) if is_empty => Err(format!(
                "{identity_name} is empty: name somebody, or give * as {filter_name} for everybody"
            )),
            (Some(_), None) => Ok(whom()),
            (Some(_), Some(filter)) if !is_empty && is_everybody(filter) => Ok(whom()),
            (Some(_), Some(filter)) if !is_empty => {
                Ok(Some(json!({"and": [parsed(filter, filter_name)?, whom()]})))
            }
            (_, filter) => Ok(filter.filter(|filter| !is_everybody(filter)).cloned()),
        }
    }

    fn meta(&self, json: &Json) -> Result<Json, String> {
        let mut meta = json!({});
        let credentials: Map<_, _> = self
            .connection
            .iter()
            .filter_map(|(key, path)| Some((key.clone(), at(json, path)?.clone())))
            .filter(|(_, value)| !value.is_null() && value.as_str() != Some(""))
            .collect();
        if !credentials.is_empty() {
            meta["credentials"] = Json::Object(credentials);
        }
        let name = &self.request.deadline_ms;
        if let Some(time) = at(json, name) {
            let time = time.as_u64().ok_or_else(|| format!("{name} is not a number of milliseconds"))?;
            meta["deadline_ms"] = json!(time);
        }
        Ok(meta)
    }

    fn object_class(&self, json: &Json) -> String {
        let word = at(json, &self.request.object_type).and_then(Json::as_str).unwrap_or("USER");
        self.object_types.get(&word.to_ascii_uppercase()).cloned().unwrap_or_else(|| word.to_owned())
    }

    /// The attributes as changes of the protocol. Those without a change are left out.
    fn attributes(&self, json: &Json) -> Result<Json, String> {
        let Some(list) = at(json, &self.request.attributes) else { return Ok(json!({})) };
        let list = list.as_array().ok_or_else(|| format!("{} is not a list", self.request.attributes))?;
        let (key, mut changes) = (&self.attribute.name, Map::new());
        for (place, attribute) in list.iter().enumerate() {
            let name = at(attribute, key).and_then(Json::as_str).filter(|name| !name.is_empty()).ok_or_else(
                || format!("{}, number {}: it has no {key}", self.request.attributes, place + 1),
            )?;
            let change =
                self.change(attribute).map_err(|sentence| format!("attribute '{name}': {sentence}"))?;
            if let Some(change) = change
                && changes.insert(name.to_owned(), change).is_some()
            {
                return Err(format!("attribute '{name}' is given twice"));
            }
        }
        Ok(Json::Object(changes))
    }

    fn change(&self, attribute: &Json) -> Result<Option<Json>, String> {
        let names = &self.attribute;
        let Some(values) = at(attribute, &names.values) else { return Ok(None) };
        let values = values.as_array().ok_or_else(|| format!("{} is not a list", names.values))?;
        // Beside the values, it is that of each that has none of its own.
        let for_all = at(attribute, &names.operation);
        let (mut replace, mut add, mut remove) = (None::<Vec<Json>>, Vec::new(), Vec::new());
        for given in values {
            let value = given.get(&names.value).unwrap_or(given).clone();
            match at(given, &names.operation).or(for_all) {
                None => replace.get_or_insert_default().push(value),
                Some(word) => match word.as_str().unwrap_or_default().to_ascii_uppercase().as_str() {
                    "REPLACE" => replace.get_or_insert_default().push(value),
                    "ADD" => add.push(value),
                    "DELETE" => remove.push(value),
                    "NO_CHANGE" => {}
                    _ => {
                        let sentence = "there is ADD, REPLACE, DELETE and NO_CHANGE";
                        return Err(format!("there is no {} {word}; {sentence}", names.operation));
                    }
                },
            }
        }
        Ok(match replace {
            Some(mut values) => {
                values.append(&mut add);
                Some(json!(values))
            }
            None if add.is_empty() && remove.is_empty() => None,
            None => Some(json!({"add": add, "remove": remove})),
        })
    }
}

fn is_everybody(filter: &Json) -> bool {
    filter.as_str() == Some("*")
}

/// A filter as JSON, in which others can stand beside it.
fn parsed(filter: &Json, name: &str) -> Result<Json, String> {
    let Some(text) = filter.as_str() else { return Ok(filter.clone()) };
    let filter = Filter::parse(text).map_err(|error| format!("{name}: {error}"))?;
    serde_json::to_value(filter).map_err(|error| error.to_string())
}

/// The field at a path.
fn at<'a>(json: &'a Json, path: &str) -> Option<&'a Json> {
    path.split('.').try_fold(json, |json, name| json.get(name)).filter(|found| !found.is_null())
}

fn fields(json: &Json) -> Option<Json> {
    match json {
        Json::String(text) if text.trim().is_empty() => None,
        Json::String(text) => Some(json!(text.split(',').map(str::trim).collect::<Vec<_>>())),
        list => Some(list.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(message: &Json, method: &str, params: &Json) {
        let request = Mapping::with("").unwrap().decode(message.to_string().as_bytes()).unwrap();
        let json = request.to_json().unwrap();
        assert_eq!((json["method"].as_str(), &json["params"]), (Some(method), params));
    }

    #[test]
    fn every_operation_becomes_one_of_ours() {
        let about =
            |operation: &str| json!({"requestId": "r", "operation": operation, "identityName": "ada"});
        let ada = json!({"object_class": "User", "uid": "ada"});
        check(&about("SUSPEND"), "suspend", &ada);
        check(&about("resume"), "resume", &ada);
        check(&about("DELETE"), "delete", &ada);
        check(&about("TEST"), "test", &json!({}));
        let mut search = about("SEARCH");
        check(&search, "search", &json!({"object_class": "User", "filter": {"equal": ["__UID__", "ada"]}}));
        search["filter"] = json!("lastName eq 'Byron'");
        search["fields"] = json!("userId, email");
        let request =
            Mapping::with("").unwrap().decode(search.to_string().as_bytes()).unwrap().to_json().unwrap();
        assert_eq!(request["params"]["attributes_to_get"], json!(["userId", "email"]));
    }

    #[test]
    fn the_operation_of_each_value_makes_the_change() {
        let value = |value: &str, operation: &str| json!({"value": value, "operation": operation});
        let save = json!({"requestId": "r", "operation": "SAVE", "identityName": "ada", "attributes": [
            {"name": "title", "values": [value("Countess", "REPLACE")]},
            {"name": "custom01", "values": [value("a", "ADD"), value("b", "DELETE")]},
            {"name": "email", "values": [value("x", "NO_CHANGE")]},
            {"name": "city", "values": ["Ulm"]},
        ]});
        check(
            &save,
            "save",
            &json!({"object_class": "User", "uid": "ada", "mode": "create_or_update", "attributes":
            {"title": ["Countess"], "custom01": {"add": ["a"], "remove": ["b"]}, "city": ["Ulm"]}}),
        );
    }

    #[track_caller]
    fn refused(message: &Json, says: &str) {
        let refused = Mapping::with("").unwrap().decode(message.to_string().as_bytes()).unwrap_err();
        assert_eq!((refused.code, refused.id), (-32602, Some(RequestId::Text("r".into()))));
        assert!(refused.error.to_string().contains(says), "{}", refused.error);
    }

    #[test]
    fn an_attribute_that_says_nothing_that_we_know_is_refused_and_never_left_out() {
        let save = |attributes: Json| json!({"requestId": "r", "operation": "SAVE", "identityName": "ada", "attributes": attributes});
        let title = |value: Json| save(json!([{"name": "title", "values": [value]}]));
        for word in [json!("SET"), json!(" REPLACE"), json!(""), json!(1)] {
            refused(
                &title(json!({"value": "T", "operation": word})),
                "attribute 'title': there is no operation",
            );
        }
        refused(&title(json!({"value": "T", "operation": "SET"})), "ADD, REPLACE, DELETE and NO_CHANGE");
        refused(&save(json!([{"name": "city", "values": "Ulm"}])), "attribute 'city': values is not a list");
        refused(
            &save(json!([{"name": "city"}, {"values": ["Ulm"]}])),
            "attributes, number 2: it has no name",
        );
        refused(&save(json!(["city"])), "attributes, number 1");
        refused(&save(json!({"city": "Ulm"})), "attributes is not a list");
        let twice = json!([{"name": "city", "values": ["Ulm"]}, {"name": "city", "values": ["Bonn"]}]);
        refused(&save(twice), "'city' is given twice");
        let removed =
            save(json!([{"name": "title", "operation": "DELETE", "values": ["T", {"value": "U"}]}]));
        let taken = Mapping::with("").unwrap().decode(removed.to_string().as_bytes()).unwrap();
        let attributes = &taken.to_json().unwrap()["params"]["attributes"];
        assert_eq!(*attributes, json!({"title": {"remove": ["T", "U"]}}));
        let lower = title(json!({"value": "T", "operation": "replace"}));
        let taken = Mapping::with("").unwrap().decode(lower.to_string().as_bytes()).unwrap();
        assert_eq!(taken.to_json().unwrap()["params"]["attributes"], json!({"title": ["T"]}));
    }

    #[test]
    fn a_search_for_nobody_is_not_one_for_everybody_and_a_name_holds_beside_a_filter() {
        let mut search = json!({"requestId": "r", "operation": "SEARCH", "identityName": ""});
        refused(&search, "identityName is empty: name somebody, or give * as filter for everybody");
        search["filter"] = json!("*");
        check(&search, "search", &json!({"object_class": "User"}));
        search["identityName"] = json!("ada");
        let ada = json!({"equal": ["__UID__", "ada"]});
        check(&search, "search", &json!({"object_class": "User", "filter": ada}));
        search["filter"] = json!("status eq 't'");
        let both = json!({"and": [{"equal": ["status", "t"]}, ada]});
        check(&search, "search", &json!({"object_class": "User", "filter": both}));
        search["filter"] = json!("status eq");
        refused(&search, "filter: at character 10");
        refused(
            &json!({"requestId": "r", "operation": "SUSPEND", "identityName": "ada", "deadlineMs": "soon"}),
            "deadlineMs is not a number of milliseconds",
        );
    }

    #[test]
    fn connection_data_of_the_message_become_credentials() {
        let message = json!({"requestId": "r", "operation": "TEST", "url": "https://x/", "private_key": "k", "company_id": ""});
        let request = Mapping::with("").unwrap().decode(message.to_string().as_bytes()).unwrap();
        let credentials = request.meta.credentials.unwrap().0;
        assert_eq!(credentials.keys().collect::<Vec<_>>(), ["private_key", "url"]);
    }

    #[test]
    fn login_is_refused_and_an_unknown_operation_named() {
        let refuse = |operation: &str| {
            let message = json!({"requestId": "r", "operation": operation});
            Mapping::with("").unwrap().decode(message.to_string().as_bytes()).unwrap_err()
        };
        assert_eq!(refuse("LOGIN").error.kind(), connector_core::ErrorKind::Unsupported);
        assert!(refuse("FIRE").to_string().contains("there is no operation 'FIRE'"));
    }
}
