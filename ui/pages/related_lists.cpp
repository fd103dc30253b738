#include "ui/pages/related_lists.h"

#include <algorithm>

#include "core/objects/object_words.h"
#include "core/objects/standard_segment.h"
#include "ui/kit/kit.h"
#include "ui/pages/field_view.h"
#include "ui/pages/list_query.h"
#include "ui/pages/record_form.h"
#include "ui/pages/segments.h"

namespace outpost {

namespace {

constexpr std::size_t lines_max = 5, details_max = 2;

bool is_related(const Schema& schema, const Schema::ChildRelationship& child, ObjectIndex parent) {
    const Object& object = schema.object(child.object);
    const Field& field = object.field(child.field);
    if (field.system || field.hidden) return false;
    // Tasks and events stand in the timeline; stage moves too.
    if (child.object == standard_object::task || child.object == standard_object::event) return false;
    // An opportunity's products have a place of their own; a product's are the opportunities that it is sold in.
    if (child.object == standard_object::opportunity_line_item) return parent == standard_object::product;
    // A segment's page counts its members by object; others tell which segments they are in.
    if (child.object == standard_object::segment_member) return parent != standard_object::segment;
    if (object.hidden && child.object != standard_object::opportunity_contact_role && child.object != standard_object::pricebook_entry && child.object != standard_object::opportunity_competitor) return false;
    return child.field != system_field::owner || parent == standard_object::user || parent == standard_object::group;
}

// What a line of a junction stands for: the record at its other end.
RecordRef other_end(const Records& records, const Object& object, FieldIndex from, RecordRef line) {
    for (const Field& field : object.fields) {
        if (field.deleted || field.system || !field.is_lookup() || field.index == from || field.index == system_field::owner) continue;
        const Value value = records.value(line, field.index);
        if (const auto* other = std::get_if<RecordRef>(&value); other && *other) return *other;
    }
    return line;
}

// The parent needs no telling. Of an object that is laid out by its schema all columns may tell something: one has what another lacks.
void choose_details(ObjectLayout& layout, const Object& object, FieldIndex lookup) {
    if (layout.card_right == lookup) layout.card_right = no_field;
    if (!object.standard) layout.card_detail = layout.columns;
    std::erase_if(layout.card_detail, [&](FieldIndex field) {
        return field == lookup || (!object.standard && (field == object.name_field || field == layout.card_right || field == system_field::owner || object.field(field).type == FieldType::Checkbox));
    });
}

// The address of a new child. A contact's new opportunity belongs to the contact's account.
Route create_route(Context& context, RecordRef parent, const Object& child, FieldIndex lookup) {
    const Records& records = context.records();
    Route route = Route::parse(routes::create(child.name));
    route.set(child.field(lookup).name, to_text(records.id_of(parent)));
    if (parent.object != standard_object::contact) return route;
    const Field* account = child.find_field("AccountId");
    if (!account || account->index == lookup) return route;
    const Value value = records.value(parent, contact_field::account);
    if (const auto* record = std::get_if<RecordRef>(&value); record && *record) route.set(account->name, to_text(records.id_of(*record)));
    return route;
}

}  // namespace

void RelatedLists::find_relations(Context& context, RecordRef record) {
    const Schema& schema = context.schema();
    relations_.clear();
    std::vector<Schema::ChildRelationship> children = schema.children_of(record.object);
    std::erase_if(children, [&](const Schema::ChildRelationship& child) { return !is_related(schema, child, record.object); });
    for (const Schema::ChildRelationship& child : children) {
        const Object& object = schema.object(child.object);
        const auto same = std::count_if(children.begin(), children.end(), [&](const auto& other) { return other.object == child.object; });
        Relation relation{child.object, child.field, object_label(context.messages(), object, true), default_layout(object, schema, context.messages()), 0, {}};
        choose_details(relation.layout, object, child.field);
        const std::string known = "ui.related." + object.name + "." + object.field(child.field).name;
        if (context.messages().has(known)) relation.title = context.tr(known);
        else if (same > 1 || child.object == record.object)
            relation.title = context.tr("ui.related.by", {relation.title, field_label(context.messages(), object, object.field(child.field))});
        relations_.push_back(std::move(relation));
    }
}

void RelatedLists::gather(Context& context, RecordRef record, Relation& relation) {
    const Records& records = context.records();
    const Object& object = context.schema().object(relation.object);
    const std::span<const RowIndex> rows = records.children(relation.object, relation.field, record);
    relation.count = rows.size();
    // The newest first: those are what one comes for.
    for (std::size_t at = rows.size(); at > 0 && relation.lines.size() < lines_max; --at) {
        const RecordRef child{relation.object, rows[at - 1]};
        const RecordRef shown = object.hidden ? other_end(records, object, relation.field, child) : child;
        // A price is changed on its own page.
        const RecordRef at_end = child.object == standard_object::pricebook_entry ? child : shown;
        Line line{record_title(context, shown), {}, {}, routes::record(records.id_of(at_end)), child.row};
        std::size_t told = 0;
        for (const FieldIndex field : relation.layout.card_detail) {
            const std::string words = field_words(context, child, object.field(field));
            if (words.empty() || words == line.title || told == details_max) continue;
            line.detail += line.detail.empty() ? words : " · " + words;
            ++told;
        }
        if (relation.layout.card_right != no_field) line.right = field_words(context, child, object.field(relation.layout.card_right));
        relation.lines.push_back(std::move(line));
    }
}

void RelatedLists::refresh(Context& context, RecordRef record) {
    const std::uint64_t revision = context.workspace().revision();
    if (record == of_ && revision == revision_ && language_ == context.messages().language()) return;
    of_ = record;
    revision_ = revision;
    language_ = context.messages().language();
    find_relations(context, record);
    for (Relation& relation : relations_) gather(context, record, relation);
}

void RelatedLists::draw(Context& context, RecordRef record, bool read_only) {
    refresh(context, record);
    for (const Relation& relation : relations_) {
        // A user is pointed to from everywhere, and most records are in no segment: only what there is.
        if (relation.count == 0 && (record.object == standard_object::user || relation.object == standard_object::segment_member)) continue;
        kit::IdScope scope(context, (static_cast<std::uint64_t>(number(relation.object)) << 16) | number(relation.field));
        draw_relation(context, record, relation, read_only);
    }
}

void RelatedLists::draw_relation(Context& context, RecordRef record, const Relation& relation, bool read_only) {
    const Object& object = context.schema().object(relation.object);
    kit::Card card(context, {.gap = space::x1, .role = Role::Region, .name = relation.title});
    {
        kit::SectionHeader header(context, relation.title, static_cast<int>(relation.count));
        const std::string name = context.tr("ui.list.new_named", {object_words(context.messages(), object, false)});
        if (!read_only && kit::icon_button(context, "new", Icon::Plus, name, {.kind = kit::ButtonKind::Ghost, .small = true}))
            relation.object == standard_object::segment_member ? context.open_dialog(segment_address(context, record)) : open_create_dialog(context, create_route(context, record, object, relation.field));
    }
    if (object.index == standard_object::pricebook_entry && record.object == standard_object::product)
        kit::link(context, "books", context.tr("ui.products.books"), routes::list(context.schema().object(standard_object::pricebook).name), {.style = TextStyle::Dense});
    if (relation.lines.empty()) return;
    kit::Group group(context, Role::List, relation.title);
    const std::string own_name = record_title(context, record);
    for (const Line& line : relation.lines) {
        kit::IdScope scope(context, line.row);
        kit::list_item(context, "line", line.title, {.detail = line.detail, .right = line.right, .address = line.address, .heading = own_name});
    }
    if (relation.count <= relation.lines.size()) return;
    Route all = Route::parse(routes::list(object.name));
    all.set(object.field(relation.field).name, to_text(context.records().id_of(record))).set("state", first_state(object) == ListState::All ? "" : "all");
    kit::link(context, "all", context.count_text("ui.related.show_all", relation.count), all.to_text(), {.style = TextStyle::Dense});
}

}  // namespace outpost
