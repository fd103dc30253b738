#include "ui/pages/routing_dialogs.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/conversion/routing.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/criteria_editor.h"
#include "ui/pages/field_view.h"
#include "ui/pages/lookup_search.h"
#include "ui/pages/save_dialog.h"

namespace outpost {
namespace {

namespace so = standard_object;

// Live records of an object as choices, by name; users that left are not among them.
std::vector<kit::Choice> all_choices(Context& context, ObjectIndex object) {
    const Records& records = context.records();
    const Table& table = records.table(object);
    std::vector<kit::Choice> choices;
    for (RowIndex row = 0; row < table.row_count(); ++row) {
        const RecordRef record{object, row};
        if (!table.is_live(row) || (object == so::user && !can_be_assigned(records, record))) continue;
        kit::Choice choice = lookup_choice(context, record);
        if (object == so::group) {
            choice.detail = context.tr(is_queue(records, record) ? "label.value.Queue" : "label.value.Regular");
            choice.icon = is_queue(records, record) ? Icon::Folder : Icon::Refresh;
        }
        insert_by_label(choices, std::move(choice));
    }
    return choices;
}

class EntryDialog final : public SaveDialog {
public:
    EntryDialog(Context& context, RecordRef entry) : entry_(entry) {
        using namespace assignment_rule_entry_field;
        const Records& records = context.records();
        if (!entry_) {
            editor_.add_first(lead(context), lead_field::country);
            return;
        }
        name_ = records.display_name(entry_);
        text_ = records.value_text(entry_, criteria);
        const Value to = records.value(entry_, assigned_to);
        if (const auto* record = std::get_if<RecordRef>(&to)) assignee_ = to_text(records.id_of(*record));
        as_text_ = advanced_ = !editor_.load(context, lead(context), text_);
    }

    std::string title(Context& context) override { return std::string(context.tr(entry_ ? "ui.routing.edit_entry" : "ui.routing.new_entry")); }
    float width() const override { return 640; }

    void draw(Context& context) override {
        draw_error(context);
        draw_name(context, context.tr("label.field.Name"));
        {
            kit::SectionHeader header(context, context.tr("ui.routing.criteria"));
        }
        if (as_text_) kit::text_area(context, "criteria", context.tr("ui.routing.condition"), text_, {.help = context.tr("ui.routing.condition_help"), .lines = 3});
        else editor_.draw(context, lead(context), context.tr("ui.routing.all_leads"));
        {
            kit::Row row(context, {.wrap = true});
            kit::disclosure(context, "advanced", context.tr("ui.criteria.advanced"), advanced_);
            const bool can_be_rows = as_text_ && form_of_criteria(text_, lead(context), context.records());
            if (advanced_ && (!as_text_ || can_be_rows) && kit::button(context, "form", context.tr(as_text_ ? "ui.routing.as_rows" : "ui.routing.as_text"), {.kind = kit::ButtonKind::Ghost, .small = true})) switch_form(context);
        }
        std::vector<kit::Choice> choices = all_choices(context, so::user);
        for (kit::Choice& group : all_choices(context, so::group)) choices.push_back(std::move(group));
        if (kit::picklist(context, "assignee", context.tr("label.field.AssignedToId"), choices, assignee_,
                          {.field = {.help = context.tr("ui.routing.assignee_help"), .error = assignee_error_, .required = true}, .allow_none = false}).changed)
            assignee_error_.clear();
    }

protected:
    void save(Context& context) override {
        using namespace assignment_rule_entry_field;
        const RecordRef to = record_of_choice(context.records(), assignee_);
        assignee_error_ = to ? std::string() : context.tr("error.required_field", {context.tr("label.field.AssignedToId")});
        const std::optional<std::string> text = as_text_ ? std::optional(text_) : editor_.text(context, lead(context));
        if (!check_name(context) || !to || !text) return;
        std::vector<FieldValue> fields{{system_field::name, name_}, {criteria, *text}, {assigned_to, to}};
        std::string toast = context.tr("ui.routing.entry_saved", {name_});
        if (entry_) return submit(context, UpdateRecord{entry_, std::move(fields)}, std::move(toast));
        const std::vector<RowIndex> others = entries_in_order(context.records());
        const auto orders = context.records().table(so::assignment_rule_entry).column(sort_order).decimals();
        fields.push_back({sort_order, Decimal{others.empty() ? 1 : orders[others.back()] + 1, 0}});
        submit(context, CreateRecord{so::assignment_rule_entry, std::move(fields)}, std::move(toast));
    }

private:
    static const Object& lead(Context& context) { return context.schema().object(so::lead); }

    void switch_form(Context& context) {
        if (as_text_) static_cast<void>(editor_.load(context, lead(context), text_));
        else if (std::optional<std::string> text = editor_.draft(lead(context))) text_ = *std::move(text);
        else text_.clear();
        as_text_ = !as_text_;
    }

    RecordRef entry_;
    CriteriaEditor editor_;
    std::string text_, assignee_, assignee_error_;
    bool as_text_ = false, advanced_ = false;
};

class GroupDialog final : public SaveDialog {
public:
    GroupDialog(Context& context, RecordRef group) : group_(group) {
        const Records& records = context.records();
        if (!group_) return;
        name_ = records.display_name(group_);
        type_ = is_queue(records, group_) ? 0 : 1;
        for (const RowIndex row : members_of(records, group_.row)) {
            const RecordRef record{so::group_member, row};
            const Value user = records.value(record, group_member_field::member);
            if (const auto* who = std::get_if<RecordRef>(&user))
                members_.push_back({record, *who, records.table(so::group_member).column(group_member_field::is_working).flags()[row] != 0});
        }
    }

    std::string title(Context& context) override {
        return group_ ? context.tr("ui.routing.edit_group", {context.records().display_name(group_)}) : std::string(context.tr("ui.routing.new_group"));
    }
    float width() const override { return 480; }

    void draw(Context& context) override {
        draw_error(context);
        draw_name(context, context.tr("label.field.Name"));
        {
            kit::Column column(context, {.gap = 6});
            kit::text(context, context.tr("ui.routing.kind"), {.style = TextStyle::Caption, .ink = kit::Ink::Secondary, .silent = true});
            kit::segmented(context, "type", context.tr("ui.routing.kind"), {{context.tr("label.value.Queue"), Icon::Folder}, {context.tr("label.value.Regular"), Icon::Refresh}}, type_);
        }
        kit::help_text(context, context.tr(type_ == 0 ? "ui.routing.queue_help" : "ui.routing.turns_help"));
        { kit::SectionHeader header(context, context.tr("ui.lead.members"), static_cast<int>(shown_members())); }
        for (std::size_t at = 0; at < members_.size(); ++at)
            if (!members_[at].removed) draw_member(context, at);
        if (type_ == 0 && shown_members() == 0) kit::text(context, context.tr("ui.routing.nobody_takes"), {.style = TextStyle::Dense, .ink = kit::Ink::Warning, .wrap = true});
        std::vector<kit::Choice> choices = all_choices(context, so::user);
        if (type_ == 0)
            for (kit::Choice& group : all_choices(context, so::group))
                if (!is_queue(context.records(), record_of_choice(context.records(), group.value))) choices.push_back(std::move(group));
        std::erase_if(choices, [&](const kit::Choice& choice) {
            const RecordRef record = record_of_choice(context.records(), choice.value);
            return record == group_ || std::ranges::any_of(members_, [&](const Member& member) { return !member.removed && member.user == record; });
        });
        std::string added;
        if (kit::picklist(context, "add", context.tr("ui.routing.add_member"), choices, added, {.field = {.placeholder = context.tr(type_ == 0 ? "ui.routing.choose_member" : "ui.routing.choose_user")}, .allow_none = false}).changed)
            if (const RecordRef user = record_of_choice(context.records(), added)) members_.push_back({{}, user, true});
    }

protected:
    void save(Context& context) override {
        if (!check_name(context)) return;
        const Records& records = context.records();
        const std::string id = group_ ? to_text(records.id_of(group_)) : std::string("$0.id");
        Batch batch;
        batch.commands.push_back(record_command(group_ ? "UpdateRecord" : "CreateRecord", "Group", group_ ? id : std::string())
                                     .set("fields", Json::object().set("Name", name_).set("Type", type_ == 0 ? "Queue" : "Regular")));
        for (const Member& member : members_) {
            const std::string member_id = member.record ? to_text(records.id_of(member.record)) : std::string();
            if (member.removed) {
                if (member.record) batch.commands.push_back(record_command("DeleteRecord", "GroupMember", member_id));
                continue;
            }
            Json fields = Json::object().set("IsWorking", member.working);
            if (!member.record) fields.set("GroupId", id).set("UserOrGroupId", to_text(records.id_of(member.user)));
            batch.commands.push_back(record_command(member.record ? "UpdateRecord" : "CreateRecord", "GroupMember", member_id).set("fields", std::move(fields)));
        }
        submit(context, std::move(batch), context.tr("ui.routing.group_saved", {name_}));
    }

private:
    struct Member { RecordRef record, user; bool working = true, removed = false; };

    std::size_t shown_members() const { return static_cast<std::size_t>(std::ranges::count(members_, false, &Member::removed)); }

    void draw_member(Context& context, std::size_t at) {
        kit::IdScope scope(context, at);
        Member& member = members_[at];
        const std::string name = context.records().display_name(member.user);
        kit::Row row(context);
        kit::avatar(context, name);
        kit::text(context, name, {.width = context.is_phone() ? 132.0f : 180.0f});
        row.spacer();
        // Whoever is away may still take a lead out of a queue.
        if (type_ == 1) draw_working(context, member, name);
        if (kit::icon_button(context, "remove", Icon::Close, context.tr("ui.routing.remove_member", {name}))) member.removed = true;
    }

    void draw_working(Context& context, Member& member, const std::string& name) {
        kit::switch_toggle(context, "working", context.tr("ui.routing.works", {name}), member.working, {.hide_label = true});
        kit::text(context, context.tr(member.working ? "label.field.IsWorking" : "ui.routing.away"), {.style = TextStyle::Dense, .ink = kit::Ink::Secondary, .width = context.is_phone() ? 62.0f : 96.0f, .silent = true});
    }

    RecordRef group_;
    int type_ = 0;
    std::vector<Member> members_;
};

}  // namespace

Json record_command(std::string_view command, std::string_view object, const std::string& id) {
    Json json = Json::object().set("command", command).set("object", object);
    if (!id.empty()) json.set("id", id);
    return json;
}

std::string assignee_words(Context& context, RecordRef assignee) {
    if (!assignee) return std::string(context.tr("kit.none"));
    return record_title(context, assignee);
}

std::unique_ptr<Dialog> make_routing_dialog(Context& context, std::string_view address) {
    const std::size_t colon = address.find(':');
    const std::string_view kind = address.substr(0, colon), which = colon == std::string_view::npos ? std::string_view() : address.substr(colon + 1);
    if (kind != "entry" && kind != "group") return nullptr;
    const ObjectIndex object = kind == "entry" ? so::assignment_rule_entry : so::group;
    const RecordRef record = record_of_choice(context.records(), which);
    if (which != "new" && (record.object != object || !context.records().table(object).is_live(record.row))) return nullptr;
    if (kind == "entry") return std::make_unique<EntryDialog>(context, record);
    return std::make_unique<GroupDialog>(context, record);
}

}  // namespace outpost
