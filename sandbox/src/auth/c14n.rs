//! Canonical XML, rebuilt from a parsed tree: exclusive (`xml-exc-c14n#`) and inclusive, without comments.

use std::collections::BTreeMap;

use roxmltree::{Node, NodeId};

/// Which of the two canonical forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Only the namespaces that an element or its attributes visibly use.
    Exclusive,
    /// All namespaces in scope.
    Inclusive,
}

type Namespaces<'a> = BTreeMap<&'a str, &'a str>;

/// The canonical form of `node` and what is below it, leaving out `without`.
pub(crate) fn canonical(node: Node<'_, '_>, form: Form, without: Option<NodeId>) -> String {
    let mut out = String::new();
    write(&mut out, node, form, without, &Namespaces::new());
    out
}

fn write(
    out: &mut String,
    node: Node<'_, '_>,
    form: Form,
    without: Option<NodeId>,
    rendered: &Namespaces<'_>,
) {
    if Some(node.id()) == without {
        return;
    }
    if node.is_text() {
        escape_text(out, node.text().unwrap_or_default());
        return;
    }
    if let Some(instruction) = node.pi() {
        let value = instruction.value.map(|value| format!(" {value}")).unwrap_or_default();
        out.push_str(&format!("<?{}{value}?>", instruction.target));
        return;
    }
    if !node.is_element() {
        return;
    }
    let name = qualified_name(node);
    let mut in_force = rendered.clone();
    let declarations = declarations(node, form, rendered);
    out.push('<');
    out.push_str(name);
    for (prefix, uri) in &declarations {
        in_force.insert(prefix, uri);
        attribute(out, &if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") }, uri);
    }
    for (name, value) in attributes(node) {
        attribute(out, name, value);
    }
    out.push('>');
    for child in node.children() {
        write(out, child, form, without, &in_force);
    }
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// The namespaces that this element has to declare, by prefix.
fn declarations<'a>(node: Node<'a, '_>, form: Form, rendered: &Namespaces<'_>) -> Namespaces<'a> {
    let mut wanted = Namespaces::new();
    match form {
        Form::Exclusive => {
            let own = prefix(qualified_name(node));
            wanted.insert(own, node.tag_name().namespace().unwrap_or_default());
            for attribute in node.attributes() {
                if let Some(uri) = attribute.namespace() {
                    let text = node.document().input_text();
                    wanted.insert(prefix(&text[attribute.range_qname()]), uri);
                }
            }
        }
        Form::Inclusive => {
            for namespace in node.namespaces() {
                wanted.insert(namespace.name().unwrap_or_default(), namespace.uri());
            }
            wanted.entry("").or_insert_with(|| node.default_namespace().unwrap_or_default());
        }
    }
    wanted
        .retain(|prefix, uri| *prefix != "xml" && rendered.get(prefix).copied().unwrap_or_default() != *uri);
    wanted
}

/// Attributes by namespace, then local name.
fn attributes<'a>(node: Node<'a, '_>) -> Vec<(&'a str, &'a str)> {
    let text = node.document().input_text();
    let mut list: Vec<_> = node
        .attributes()
        .map(|one| ((one.namespace().unwrap_or_default(), one.name()), &text[one.range_qname()], one.value()))
        .collect();
    list.sort_by(|left, right| left.0.cmp(&right.0));
    list.into_iter().map(|(_, name, value)| (name, value)).collect()
}

/// The name as written, prefix included: the tree keeps only namespaces.
fn qualified_name<'a>(node: Node<'a, '_>) -> &'a str {
    let text = node.document().input_text();
    let rest = text.get(node.range().start + 1..).unwrap_or_default();
    let end = rest.find(|letter: char| letter.is_whitespace() || matches!(letter, '>' | '/')).unwrap_or(0);
    &rest[..end]
}

fn prefix(name: &str) -> &str {
    name.split_once(':').map_or("", |(prefix, _)| prefix)
}

fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for letter in value.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#x9;"),
            '\n' => out.push_str("&#xA;"),
            '\r' => out.push_str("&#xD;"),
            _ => out.push(letter),
        }
    }
    out.push('"');
}

fn escape_text(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#xD;"),
            _ => out.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, form: Form, expected: &str) {
        let document = roxmltree::Document::parse(text).unwrap();
        assert_eq!(canonical(document.root_element(), form, None), expected);
    }

    #[test]
    fn exclusive_form_drops_unused_namespaces_and_sorts() {
        check(
            "<a:x xmlns:b='u:b' xmlns:a='u:a' z='1' b:y='2' c='3'><!-- no --><d/><b:e a:f='&quot;'/></a:x>",
            Form::Exclusive,
            "<a:x xmlns:a=\"u:a\" xmlns:b=\"u:b\" c=\"3\" z=\"1\" b:y=\"2\"><d></d><b:e a:f=\"&quot;\"></b:e></a:x>",
        );
        check(
            "<x xmlns='u:d' xmlns:n='u:n'><y xmlns=''><n:z/></y></x>",
            Form::Exclusive,
            "<x xmlns=\"u:d\"><y xmlns=\"\"><n:z xmlns:n=\"u:n\"></n:z></y></x>",
        );
    }

    #[test]
    fn inclusive_form_keeps_all_namespaces_once() {
        check(
            "<x xmlns:n='u:n'><y xmlns:m='u:m'/></x>",
            Form::Inclusive,
            "<x xmlns:n=\"u:n\"><y xmlns:m=\"u:m\"></y></x>",
        );
    }

    #[test]
    fn text_is_escaped_as_the_standard_says() {
        check(
            "<x a='&#9;&#10;'>&lt;&amp;&gt;\"'&#13;ü🙂<![CDATA[<]]></x>",
            Form::Exclusive,
            "<x a=\"&#x9;&#xA;\">&lt;&amp;&gt;\"'&#xD;ü🙂&lt;</x>",
        );
    }
}
