//! `explain`.

use clap::Args;
use connector_core::Filter;
use connector_core::object::Uid;
use connector_core::operation::{ExplainRequest, Subject};

use super::ClassArgs;

/// What is to be explained.
#[derive(Clone, Debug, Args)]
#[command(arg_required_else_help = true)]
#[group(id = "subject", required = true, multiple = false, args = ["words", "filter"])]
pub struct ExplainArgs {
    /// person ID: whose presence and state, by user id
    #[arg(value_name = "person ID", num_args = 1..=2)]
    pub words: Vec<String>,

    /// A filter: what is asked of the tenant, what the tenant evaluates, and what is evaluated here
    #[arg(long, value_name = "TEXT", value_parser = super::search::filter)]
    pub filter: Option<Filter>,

    /// Their class.
    #[command(flatten)]
    pub class: ClassArgs,
}

impl ExplainArgs {
    /// The request that these arguments ask for: `explain person jdoe` is the same as `explain jdoe`.
    ///
    /// # Errors
    ///
    /// Two words of which the first is not `person`.
    pub fn request(&self) -> Result<ExplainRequest, String> {
        let subject = match (&self.filter, self.words.as_slice()) {
            (Some(filter), _) => Subject::Filter(filter.clone()),
            (None, [word, uid]) if word == "person" => Subject::Uid(Uid::new(uid.as_str())),
            (None, [uid]) => Subject::Uid(Uid::new(uid.as_str())),
            _ => return Err("write `explain person ID` or `explain --filter TEXT`".to_owned()),
        };
        Ok(ExplainRequest { object_class: self.class.object_class.clone(), subject })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::{Cli, Command};
    use clap::Parser;

    fn subject(arguments: &[&str]) -> Option<Subject> {
        let cli = Cli::try_parse_from(["sfsf-connector", "explain"].iter().chain(arguments)).ok()?;
        let Command::Explain(args) = cli.command else { panic!("not an explain") };
        args.request().ok().map(|request| request.subject)
    }

    #[test]
    fn a_person_or_a_filter_is_explained_and_nothing_else() {
        let person = Some(Subject::Uid(Uid::new("jdoe")));
        assert_eq!(subject(&["person", "jdoe"]), person);
        assert_eq!(subject(&["jdoe"]), person);
        assert!(matches!(subject(&["--filter", "status eq 'f'"]), Some(Subject::Filter(_))));
        for wrong in [&["a", "b"][..], &[], &["jdoe", "--filter", "a eq 'b'"], &["--filter", "a eq"]] {
            assert!(subject(wrong).is_none(), "{wrong:?}");
        }
    }
}
