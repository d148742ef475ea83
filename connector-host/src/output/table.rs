//! Tables for eyes, as wide as the terminal.
//!
//! A long stream is printed in pieces of a few hundred rows, each with its header, so that memory stays
//! flat and the first rows are seen at once.

use std::io::{self, Write};

use comfy_table::{Attribute, Cell, CellAlignment, ContentArrangement, LineStyle, TableStyle};
use connector_core::Error;
use connector_core::object::ConnectorObject;
use connector_core::operation::{Gone, Summary};

use super::{Columns, ObjectWriter, Output, Paint, printable, why_gone};

/// Rows of one piece.
const PIECE: usize = 250;

/// Below this width (some terminals claim to have none) lines are left to the terminal to break.
const NARROWEST: u16 = 40;

const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// A stream of objects.
pub struct TableWriter {
    columns: Option<Columns>,
    objects: Vec<ConnectorObject>,
    gone: Vec<Gone>,
}

impl TableWriter {
    /// A table of these columns, or of some that suit what comes.
    pub fn new(columns: Option<Columns>) -> Self {
        Self { columns, objects: Vec::new(), gone: Vec::new() }
    }

    fn print(&mut self, out: &mut Output) -> io::Result<()> {
        let objects = std::mem::take(&mut self.objects);
        if objects.is_empty() {
            return Ok(());
        }
        let columns = self.columns.get_or_insert_with(|| Columns::suiting(&objects));
        let rows = objects.iter().map(|object| columns.cells(object));
        let text = render(&columns.header(), rows, out.paint);
        writeln!(out, "{text}")?;
        out.flush()
    }

    /// Who is gone is a table of its own.
    fn print_gone(&mut self, out: &mut Output) -> io::Result<()> {
        let gone = std::mem::take(&mut self.gone);
        if gone.is_empty() {
            return Ok(());
        }
        let rows = gone.iter().map(|gone| vec![gone.uid.to_string(), why_gone(gone)]);
        let text = render(&["gone".to_owned(), "why".to_owned()], rows, out.paint);
        writeln!(out, "{text}")?;
        out.flush()
    }
}

impl ObjectWriter for TableWriter {
    fn object(&mut self, out: &mut Output, object: ConnectorObject) -> io::Result<()> {
        self.objects.push(object);
        if self.objects.len() < PIECE { Ok(()) } else { self.print(out) }
    }

    fn gone(&mut self, out: &mut Output, gone: &Gone) -> io::Result<()> {
        self.gone.push(gone.clone());
        if self.gone.len() < PIECE { Ok(()) } else { self.print_gone(out) }
    }

    fn end(&mut self, out: &mut Output, _: &Summary, _: bool) -> io::Result<()> {
        self.print(out)?;
        self.print_gone(out)
    }

    fn fail(&mut self, out: &mut Output, _: &Error) -> io::Result<()> {
        self.print(out)?;
        self.print_gone(out)
    }
}

/// A table with a header.
pub fn render(header: &[String], rows: impl Iterator<Item = Vec<String>>, paint: Paint) -> String {
    print(with_header(header, rows, paint))
}

/// A table with a header, whose columns but the first hold numbers.
pub fn figures(header: &[String], rows: impl Iterator<Item = Vec<String>>, paint: Paint) -> String {
    let mut table = with_header(header, rows, paint);
    table.column_iter_mut().skip(1).for_each(|column| column.set_cell_alignment(CellAlignment::Right));
    print(table)
}

fn with_header(
    header: &[String],
    rows: impl Iterator<Item = Vec<String>>,
    paint: Paint,
) -> comfy_table::Table {
    let mut table = plain();
    table.load_style(STYLE).set_header(header.iter().map(|name| strong(&printable(name), paint)));
    table.add_rows(rows.map(|row| row.iter().map(|cell| Cell::new(printable(cell))).collect::<Vec<_>>()));
    table
}

/// Two indented columns without header: what it is, and what it says.
pub fn pairs<L: AsRef<str>, T: AsRef<str>>(rows: &[(L, T)]) -> String {
    let mut table = plain();
    table.add_rows(rows.iter().map(|(label, text)| {
        vec![Cell::new(format!("  {}", label.as_ref())), Cell::new(printable(text.as_ref()))]
    }));
    print(table)
}

/// Columns stand two spaces apart and begin where the line begins.
fn print(mut table: comfy_table::Table) -> String {
    table.column_iter_mut().for_each(|column| {
        column.set_padding((0, 1));
    });
    table.trim_fmt()
}

fn plain() -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    let fits = if table.width().is_some_and(|width| width >= NARROWEST) {
        ContentArrangement::Dynamic
    } else {
        ContentArrangement::Disabled
    };
    table.load_style(TableStyle::new()).set_content_arrangement(fits);
    table
}

fn strong(name: &str, paint: Paint) -> Cell {
    let cell = Cell::new(name);
    if paint.is_enabled() { cell.add_attribute(Attribute::Bold) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_header_a_line_and_rows() {
        let text = render(
            &["uid".into(), "name".into()],
            [vec!["1".into(), "Ada\n".into()]].into_iter(),
            Paint::PLAIN,
        );
        assert_eq!(text, "uid  name\n──────────\n1    Ada");
    }
}
