//! From a message of OpenIAM to a request of the protocol.

use connector_core::Error;
use connector_core::protocol::{MalformedRequest, Request, RequestId};
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
        let mut params = self.params(&json, method);
        params.insert("meta".to_owned(), self.meta(&json));
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

    fn params(&self, json: &Json, method: &str) -> Map<String, Json> {
        let names = &self.request;
        let mut params = Map::new();
        let mut put = |key: &str, value: Option<Json>| {
            if let Some(value) = value {
                params.insert(key.to_owned(), value);
            }
        };
        if method == "test" {
            return params;
        }
        put("object_class", Some(json!(self.object_class(json))));
        let identity = at(json, &names.identity).filter(|identity| identity.as_str() != Some(""));
        if method == "search" {
            let filter = at(json, &names.filter).filter(|filter| !matches!(filter.as_str(), Some("" | "*")));
            let whom = || identity.map(|identity| json!({"equal": ["__UID__", identity]}));
            put("filter", filter.cloned().or_else(whom));
            put("attributes_to_get", at(json, &names.fields).and_then(fields));
            return params;
        }
        put("uid", identity.cloned());
        if method == "save" {
            put("attributes", Some(self.attributes(json)));
        }
        if method == "reset_password" {
            put("new_password", at(json, &names.password).cloned());
        }
        params
    }

    fn meta(&self, json: &Json) -> Json {
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
        if let Some(time) = at(json, &self.request.deadline_ms).and_then(Json::as_u64) {
            meta["deadline_ms"] = json!(time);
        }
        meta
    }

    fn object_class(&self, json: &Json) -> String {
        let word = at(json, &self.request.object_type).and_then(Json::as_str).unwrap_or("USER");
        self.object_types.get(&word.to_ascii_uppercase()).cloned().unwrap_or_else(|| word.to_owned())
    }

    /// The attributes as changes of the protocol. Those without a change are left out.
    fn attributes(&self, json: &Json) -> Json {
        let list = at(json, &self.request.attributes).and_then(Json::as_array);
        let name =
            |attribute: &Json| attribute.get(&self.attribute.name).and_then(Json::as_str).map(str::to_owned);
        let changes = list
            .into_iter()
            .flatten()
            .filter_map(|attribute| Some((name(attribute)?, self.change(attribute)?)));
        Json::Object(changes.collect())
    }

    fn change(&self, attribute: &Json) -> Option<Json> {
        let (mut replace, mut add, mut remove) = (None::<Vec<Json>>, Vec::new(), Vec::new());
        for given in attribute.get(&self.attribute.values)?.as_array()? {
            let value = given.get(&self.attribute.value).unwrap_or(given).clone();
            let word = given.get(&self.attribute.operation).and_then(Json::as_str).unwrap_or("REPLACE");
            match word.to_ascii_uppercase().as_str() {
                "REPLACE" => replace.get_or_insert_default().push(value),
                "ADD" => add.push(value),
                "DELETE" => remove.push(value),
                _ => {}
            }
        }
        match replace {
            Some(mut values) => {
                values.append(&mut add);
                Some(json!(values))
            }
            None if add.is_empty() && remove.is_empty() => None,
            None => Some(json!({"add": add, "remove": remove})),
        }
    }
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
