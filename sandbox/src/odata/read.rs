//! Reading: everything that a GET under `/odata/v2` can ask for.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};

use crate::error::ODataError;
use crate::http::call::{Call, Format};
use crate::http::reply::{ATOM, JSON, Reply, XML};
use crate::http::uri;
use crate::odata::address::Address;
use crate::odata::paging::{self, Pages, Query};
use crate::odata::query::options::QueryOptions;
use crate::odata::query::order::OrderBy;
use crate::odata::query::shape::Shape;
use crate::odata::render::{Expander, Page, atom, json, metadata, service};
use crate::options::switches::{ListOrder, Switches};
use crate::state::condition::Filter;
use crate::state::model::{Entity, Hiding};
use crate::state::store::{Row, stir};
use crate::state::tenant::Tenant;
use crate::state::view::View;

/// What a read is done with.
pub(crate) struct Reader<'a> {
    pub(crate) call: &'a Call,
    pub(crate) tenant: &'a Tenant,
    pub(crate) switches: &'a Switches,
    pub(crate) pages: &'a Pages,
    pub(crate) page_size: usize,
    pub(crate) now: DateTime<Utc>,
}

impl Reader<'_> {
    /// Answers a path below `/odata/v2/`, given as its raw segments.
    ///
    /// # Errors
    ///
    /// Whatever the tenant refuses.
    pub(crate) fn answer(&self, segments: &[&str]) -> Result<Reply, ODataError> {
        let decoded: Vec<String> = segments.iter().map(|segment| uri::decode(segment, false)).collect();
        let names: Vec<&str> = decoded.iter().map(String::as_str).collect();
        match names[..] {
            [] | [""] => Ok(self.service()),
            ["$metadata"] => self.metadata(None),
            [sets, "$metadata"] => self.metadata(Some(sets)),
            [set] => self.resource(set),
            [set, "$count"] => self.counted(set),
            [set, navigation] => self.related(set, navigation, false),
            [set, navigation, "$count"] => self.related(set, navigation, true),
            _ => Err(ODataError::entity_not_found(&names.join("/"))),
        }
    }

    fn root(&self) -> String {
        self.call.root(self.switches.uri_port)
    }

    fn service(&self) -> Reply {
        match self.call.format() {
            Format::Json => Reply::ok(JSON, service::json(&self.tenant.model)),
            Format::Atom => Reply::ok(XML, service::atom(&self.tenant.model, &self.root())),
        }
    }

    /// XML only: JSON is 406 (docs/successfactors.md#formats).
    fn metadata(&self, sets: Option<&str>) -> Result<Reply, ODataError> {
        if self.call.only_json() {
            let text = "[COE0018]$metadata is available as XML only";
            return Err(ODataError::new(StatusCode::NOT_ACCEPTABLE, "COE_NOT_ACCEPTABLE", text));
        }
        let model = self.tenant.rights.shown(&self.tenant.model);
        let seen = |entity: &usize| self.tenant.rights.sees(*entity);
        let chosen: Vec<usize> = match sets {
            None => (0..model.entities.len()).filter(seen).collect(),
            Some(sets) => sets.split(',').map(|name| self.entity(name)).collect::<Result<_, _>>()?,
        };
        let navigations = sets.is_none() || self.switches.scoped_metadata_navigations;
        Ok(Reply::ok(XML, metadata::document(model, &chosen, sets.is_none(), navigations)))
    }

    fn entity(&self, name: &str) -> Result<usize, ODataError> {
        let entity = self.tenant.model.entity(name).ok_or_else(|| ODataError::entity_not_found(name))?;
        self.tenant.rights.check_entity(self.tenant, entity).map(|()| entity)
    }

    fn address(&self, text: &str) -> Result<(usize, Option<Row>), ODataError> {
        let address = Address::parse(text).ok_or_else(|| ODataError::entity_not_found(text))?;
        let index = self.entity(&address.entity)?;
        if address.key.is_none() {
            return Ok((index, None));
        }
        let entity = self.tenant.entity(index);
        let key = address
            .key_text(entity)
            .ok_or_else(|| ODataError::bad_request(&format!("The key of {} is not valid", entity.name)))?;
        let row = self.tenant.table(index).find(&key);
        let row = row.ok_or_else(|| ODataError::not_found(&entity.name, &key))?;
        self.tenant.rights.check_row(self.tenant, index, row).map(|()| (index, Some(row)))
    }

    fn resource(&self, text: &str) -> Result<Reply, ODataError> {
        match self.address(text)? {
            (entity, None) => self.collection(entity, None),
            (entity, Some(row)) => self.single(entity, row),
        }
    }

    fn counted(&self, text: &str) -> Result<Reply, ODataError> {
        match self.address(text)? {
            (entity, None) => self.count(entity, None),
            (_, Some(_)) => Err(ODataError::bad_request("$count needs a collection")),
        }
    }

    /// `User('x')/manager` and `User('x')/directReports`.
    fn related(&self, text: &str, name: &str, count: bool) -> Result<Reply, ODataError> {
        let (entity, Some(row)) = self.address(text)? else {
            return Err(ODataError::bad_request(&format!("{name} needs a single entity before it")));
        };
        let model = self.tenant.entity(entity);
        let index = model.navigation(name).filter(|_| !self.tenant.rights.hides(entity, name));
        let index = index.ok_or_else(|| ODataError::property_not_found(&model.name, name))?;
        let navigation = &model.navigations[index];
        let rows = if navigation.many {
            self.tenant.follow(entity, row, index)
        } else {
            self.tenant.follow_on(entity, row, index, &self.view(&QueryOptions::parse(&self.call.query)?)?)
        };
        match (navigation.many, count, rows.first()) {
            (true, true, _) => self.count(navigation.target, Some(rows)),
            (true, false, _) => self.collection(navigation.target, Some(rows)),
            (false, true, _) => Err(ODataError::bad_request("$count needs a collection")),
            (false, false, Some(target)) => {
                self.tenant.rights.check_row(self.tenant, navigation.target, *target)?;
                self.single(navigation.target, *target)
            }
            (false, false, None) => Err(ODataError::not_found(name, &self.tenant.table(entity).key_of(row))),
        }
    }

    /// The answer to an insert: the new entity with 201.
    ///
    /// # Errors
    ///
    /// Query options that cannot be read.
    pub(crate) fn created(&self, entity: usize, row: Row) -> Result<Reply, ODataError> {
        let mut reply = self.single(entity, row)?;
        reply.status = StatusCode::CREATED;
        Ok(reply)
    }

    /// One entity by its key: any status, and `$filter` is ignored (KBA 2736579).
    fn single(&self, entity: usize, row: Row) -> Result<Reply, ODataError> {
        self.shown(entity, row, "")
    }

    /// One entity, with navigations that are expanded where the request says nothing about its form.
    ///
    /// # Errors
    ///
    /// Query options that cannot be read.
    pub(crate) fn shown(&self, entity: usize, row: Row, expand: &str) -> Result<Reply, ODataError> {
        let options = QueryOptions::parse(&self.call.query)?;
        let select = options.select.as_deref();
        let expand = options.expand.as_deref().or(Some(expand).filter(|_| select.is_none()));
        let shape = Shape::new(self.tenant, entity, select, expand)?;
        let mut expander =
            Expander::new(self.tenant, self.switches.key_expand_active_only, self.view(&options)?);
        let root = self.root();
        let reply = match self.call.format() {
            Format::Json => Reply::ok(JSON, json::single(&mut expander, &shape, &root, row)?),
            Format::Atom => {
                let updated = self.updated();
                Reply::ok(ATOM, atom::Writer::new(&mut expander, &root, &updated).document(&shape, row)?)
            }
        };
        Ok(reply.with_tree(1, expander.expanded()))
    }

    /// A list of entities that is not a query's: only `$select` and `$expand` change it.
    ///
    /// # Errors
    ///
    /// Query options that cannot be read.
    pub(crate) fn listed(&self, entity: usize, rows: &[Row]) -> Result<Reply, ODataError> {
        let options = QueryOptions::parse(&self.call.query)?;
        let shape = Shape::new(self.tenant, entity, options.select.as_deref(), options.expand.as_deref())?;
        let view = self.view(&options)?;
        let page = Page { tenant: self.tenant, rows, view, count: None, next: None };
        self.page(&page, &shape)
    }

    fn page(&self, page: &Page<'_>, shape: &Shape) -> Result<Reply, ODataError> {
        let root = self.root();
        let mut expander = Expander::new(self.tenant, false, page.view);
        let reply = match self.call.format() {
            Format::Json => Reply::ok(JSON, json::collection(&mut expander, page, shape, &root)?),
            Format::Atom => {
                let updated = self.updated();
                Reply::ok(ATOM, atom::Writer::new(&mut expander, &root, &updated).feed(page, shape)?)
            }
        };
        Ok(reply.with_tree(page.rows.len(), expander.expanded()))
    }

    /// The days that the request looks at.
    fn view(&self, options: &QueryOptions) -> Result<View, ODataError> {
        let now = self.now.timestamp_millis();
        View::new(now, options.as_of.as_deref(), options.from.as_deref(), options.to.as_deref())
    }

    fn query(
        &self,
        entity: usize,
        options: &QueryOptions,
        among: Option<Vec<Row>>,
    ) -> Result<Query<'_>, ODataError> {
        let among = if self.only_pending(entity, options)? { Some(Vec::new()) } else { among };
        let view = self.view(options)?;
        let filter = options.filter.as_deref();
        let filter =
            filter.map(|text| Filter::new(text, self.tenant, entity, self.switches, view)).transpose()?;
        let order = options.orderby.as_deref();
        let order = order.map(|text| OrderBy::new(text, self.tenant, entity, view)).transpose()?;
        // Users at the end of a navigation are shown whatever their status (KBA 2736579).
        let explicit = among.is_some() || filter.as_ref().is_some_and(|filter| filter.names_status);
        let model = self.tenant.entity(entity);
        let named = |hiding: &Hiding| {
            let name = &model.properties[hiding.column].name;
            options.filter.as_deref().is_some_and(|filter| filter.contains(name.as_str()))
        };
        let hides = |hiding: &&Hiding| {
            (hiding.is_on)(self.switches) && among.is_none() && !(hiding.ends_when_named && named(hiding))
        };
        let hiding = model.hiding.iter().filter(hides).copied().collect();
        let stirred = is_stirred(self.switches.list_order, model);
        let among = among.map(|mut rows| {
            if stirred {
                stir(&mut rows);
            }
            rows
        });
        let options = (entity, &options.filter, &options.orderby, view);
        let fingerprint = among.is_none().then(|| format!("{options:?}"));
        Ok(Query {
            tenant: self.tenant,
            entity,
            filter,
            active_only: !explicit,
            order,
            view,
            hiding,
            among,
            stirred,
            fingerprint,
        })
    }

    /// Whether only records in a workflow are wanted, which nothing is in here: `recordStatus` is of the metadata
    /// framework, whose entities take all verbs (docs/successfactors.md#effective-dates,
    /// docs/successfactors.md#foundation-objects; KBA 2291530).
    fn only_pending(&self, entity: usize, options: &QueryOptions) -> Result<bool, ODataError> {
        let model = self.tenant.entity(entity);
        let framework = model.flags.creatable && !model.traits.no_workflow;
        let Some(status) = options.record_status.as_deref().filter(|_| framework) else { return Ok(false) };
        match status.to_ascii_lowercase().as_str() {
            "pending" => Ok(true),
            "normal" => Ok(false),
            _ if self.switches.unknown_record_status_is_error => {
                Err(ODataError::bad_request(&format!("recordStatus cannot be {status}")))
            }
            _ => Ok(false),
        }
    }

    fn count(&self, entity: usize, among: Option<Vec<Row>>) -> Result<Reply, ODataError> {
        let options = QueryOptions::parse(&self.call.query)?;
        // Whatever the list would refuse: a client counts first with the query that it lists with afterwards
        // (docs/successfactors.md#counts), and nobody has seen the two differ.
        Shape::new(self.tenant, entity, options.select.as_deref(), options.expand.as_deref())?;
        let count = self.query(entity, &options, among)?.count(&self.pages.scans);
        Ok(Reply::ok("text/plain;charset=utf-8", count.to_string()))
    }

    fn collection(&self, entity: usize, among: Option<Vec<Row>>) -> Result<Reply, ODataError> {
        let options = QueryOptions::parse(&self.call.query)?;
        let shape = Shape::new(self.tenant, entity, options.select.as_deref(), options.expand.as_deref())?;
        let query = self.query(entity, &options, among)?;
        let strict = self.switches.unknown_paging_is_error;
        let window = paging::page(&query, &options, self.pages, self.page_size, self.now, strict)?;
        let page = Page {
            tenant: self.tenant,
            rows: &window.rows,
            view: query.view,
            count: options.inline_count.then(|| query.count(&self.pages.scans)),
            next: window.next.map(|token| self.next(&token)),
        };
        Ok(self.page(&page, &shape)?.with_header("x-sf-paging", window.mode))
    }

    /// The address of the next page: the same request with another token (KBA 2489065).
    fn next(&self, token: &str) -> String {
        let path = self.call.raw_path.strip_prefix("/odata/v2/").unwrap_or_default();
        let kept = self.call.raw_query.split('&').filter(|part| {
            let name = uri::decode(part.split('=').next().unwrap_or_default(), true);
            !part.is_empty() && name != "$skiptoken"
        });
        let mut query: Vec<&str> = kept.collect();
        let token = format!("$skiptoken={token}");
        query.push(&token);
        format!("{}{path}?{}", self.root(), query.join("&"))
    }

    fn updated(&self) -> String {
        self.now.format("%Y-%m-%dT%H:%M:%SZ").to_string()
    }
}

/// Whether the lists of an entity have no order.
fn is_stirred(order: ListOrder, entity: &Entity) -> bool {
    match order {
        ListOrder::ByKey => false,
        ListOrder::EmployeeCentral => entity.traits.unordered,
        ListOrder::None => true,
    }
}
