#include "ui/pages/capture_dialog.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "core/query/global_search.h"
#include "ui/kit/date_order.h"
#include "ui/kit/kit.h"
#include "ui/pages/field_view.h"
#include "ui/pages/lookup_search.h"

namespace outpost {

namespace {

namespace so = standard_object;

ObjectIndex object_of(CaptureKind kind) {
    return kind == CaptureKind::Opportunity ? so::opportunity : kind == CaptureKind::Event ? so::event : so::task;
}

const Value* value_of(const CaptureAction& action, FieldIndex field) {
    const auto found = std::ranges::find(action.fields, field, &FieldValue::field);
    return found == action.fields.end() ? nullptr : &found->value;
}

}  // namespace

std::string capture_address(Context& context, RecordRef about) { return "capture:" + (about ? to_text(context.records().id_of(about)) : std::string()); }

std::string CaptureDialog::title(Context& context) { return std::string(context.tr("ui.capture.title")); }

bool CaptureDialog::holds_draft() const { return !trim(text_).empty(); }

bool CaptureDialog::can_close(Context& context) {
    if (!holds_draft()) return true;
    context.confirm(std::string(context.tr("ui.form.discard_title")), std::string(context.tr("ui.form.discard_text")), std::string(context.tr("ui.form.discard")), true, [this] { close(); });
    return false;
}

void CaptureDialog::draw(Context& context) {
    draw_error(context);
    const kit::Edited edited = kit::text_area(context, "line", context.tr("ui.capture.line"), text_,
                                              {.placeholder = context.tr("ui.capture.placeholder"), .help = context.tr("ui.capture.help"), .focus = std::exchange(focus_, false), .lines = 3});
    if (edited.changed) error_.clear();
    const bool typed = !trim(text_).empty();
    if (!prepared_ && !(prepared_ = prepare_search(context.records(), context.clock(), 5000))) context.request_frame();
    if (typed && !prepared_) return kit::help_text(context, context.tr("ui.palette.looking"));
    refresh(context);
    if (!typed) return draw_examples(context);
    draw_about(context);
    draw_doubts(context);   // below what they speak of
    draw_actions(context);
}

void CaptureDialog::refresh(Context& context) {
    const std::uint64_t revision = context.workspace().revision();
    if (!stale_ && read_ == text_ && revision_ == revision) return;
    if (revision_ != revision) searches_.clear();
    stale_ = false;
    read_ = text_;
    revision_ = revision;
    const Workspace& workspace = context.workspace();
    const auto chosen = [&](const std::optional<std::string>& id) { return id ? std::optional(record_of_choice(context.records(), *id)) : std::nullopt; };
    capture_ = read_capture(text_, context.records(), context.clock(), context.messages(),
                            {.about = about_, .currency = workspace.currency(), .fiscal_start_month = workspace.fiscal_start_month(),
                             .day_first = kit::date_order(context) == DateOrder::DayFirst,
                             .searches = &searches_, .who = chosen(who_), .account = chosen(account_), .opportunity = chosen(opportunity_)});
    if (left_out_.size() != capture_.actions.size()) left_out_.assign(capture_.actions.size(), false);
    for (std::size_t i = 0; i < left_out_.size(); ++i) capture_.actions[i].wanted = !left_out_[i];
}

// Before anything is typed: what such a line may look like.
void CaptureDialog::draw_examples(Context& context) {
    kit::Column column(context, {.gap = 0});
    kit::heading(context, 3, context.tr("ui.capture.examples"), {.style = TextStyle::CaptionStrong, .ink = kit::Ink::Secondary});
    for (const std::string_view key : {"ui.capture.example.1", "ui.capture.example.2", "ui.capture.example.3"}) {
        const std::string_view words = context.tr(key);   // meant to be read: all of it
        const float height = kit::text_height(context, words, TextStyle::Body, kit::available(context).width - 30);
        Rect place = kit::take(context, 0, std::max(context.theme.control_height(), height + space::x4));
        const kit::Hit h = kit::hit(context, key, place, {.name = words});
        if (h.hovered) kit::fill(context, place, context.color().hover, radius::control);
        kit::draw_icon(context, Icon::Note, place.cut_left(30).inset({0, 0, 12, 0}).centered(18, 18), context.color().text_secondary);
        kit::text(context, words, {.wrap = true, .silent = true, .at = place.centered(place.width, height)});
        if (h.pressed) text_ = words, focus_ = true;
    }
}

void CaptureDialog::draw_lookup(Context& context, std::string_view key, std::string_view label, std::span<const ObjectIndex> objects, RecordRef record,
                                const std::vector<RecordRef>& suggested, std::optional<std::string>& chosen) {
    std::string value = record ? to_text(context.records().id_of(record)) : std::string();
    const std::string shown = record ? record_title(context, record) : std::string();
    const auto search = [&](std::string_view typed) {
        std::vector<kit::Choice> choices;
        if (typed.empty())
            for (const RecordRef each : suggested) choices.push_back(lookup_choice(context, each));
        if (choices.empty())
            for (const ObjectIndex object : objects) std::ranges::move(lookup_choices(context, object, typed, 20 / objects.size()), std::back_inserter(choices));
        return choices;
    };
    if (kit::lookup_field(context, key, label, value, search, {.shown = shown})) chosen = value, stale_ = true;
}

void CaptureDialog::draw_about(Context& context) {
    kit::FormGrid grid(context);
    constexpr ObjectIndex people[] = {so::contact, so::lead}, accounts[] = {so::account};
    draw_lookup(context, "who", context.tr("ui.capture.who"), people, capture_.who, capture_.people, who_);
    const bool lead = capture_.who.object == so::lead;
    if (lead) return;   // has neither account nor opportunity before it is converted
    draw_lookup(context, "account", object_label(context.messages(), context.schema().object(so::account), false), accounts, capture_.account, capture_.accounts, account_);
    if (!capture_.account && !capture_.opportunity) return;
    grid.full_width();
    draw_opportunity(context);
}

void CaptureDialog::draw_opportunity(Context& context) {
    std::vector<kit::Choice> choices;
    for (const RecordRef each : capture_.opportunities) choices.push_back(opportunity_choice(context, each));
    std::string value = capture_.opportunity ? to_text(context.records().id_of(capture_.opportunity)) : std::string();
    if (capture_.opportunity && std::ranges::find(choices, value, &kit::Choice::value) == choices.end()) choices.push_back(opportunity_choice(context, capture_.opportunity));
    const bool sale = std::ranges::find(capture_.actions, CaptureKind::Opportunity, &CaptureAction::kind) != capture_.actions.end();
    choices.insert(choices.begin(), {.value = "", .label = std::string(context.tr(sale ? "ui.capture.new_opportunity" : "ui.capture.no_opportunity"))});
    if (kit::picklist(context, "opportunity", object_label(context.messages(), context.schema().object(so::opportunity), false), choices, value, {.allow_none = false})) opportunity_ = value, stale_ = true;
}

std::string CaptureDialog::action_title(Context& context, const CaptureAction& action) const {
    const Messages& messages = context.messages();
    const Object& object = context.schema().object(object_of(action.kind));
    if (action.kind == CaptureKind::Opportunity)
        return capture_.opportunity ? context.tr("ui.capture.change", {record_title(context, capture_.opportunity)}) : std::string(context.tr("ui.capture.new_opportunity"));
    if (action.kind == CaptureKind::Note) return std::string(context.tr("ui.timeline.note"));
    const Value* type = action.kind == CaptureKind::Log ? value_of(action, task_field::type) : nullptr;
    const auto* name = type ? std::get_if<std::string>(type) : nullptr;
    if (!name) return object_label(messages, object, false);
    return context.tr("ui.capture.logged", {value_label(messages, object.field(task_field::type), *name)});
}

// "Follow up · Nov 24, 2026, 10:00", "Amount 5,000 → 12,000 · Close Date ...".
std::string CaptureDialog::action_words(Context& context, const CaptureAction& action) const {
    const Object& object = context.schema().object(object_of(action.kind));
    std::string words;
    const auto add = [&](const std::string& text) {
        if (!text.empty()) words += (words.empty() ? "" : " · ") + text;
    };
    const auto shown = [&](FieldIndex field) {
        const Value* value = value_of(action, field);
        return value ? show_value(context, object, object.field(field), *value).text : std::string();
    };
    switch (action.kind) {
        case CaptureKind::Opportunity:
            for (const FieldValue& each : action.fields) {
                const Field& field = object.field(each.field);
                const std::string before = capture_.opportunity ? field_words(context, capture_.opportunity, field) : std::string();
                add(field_label(context.messages(), object, field) + " " + (before.empty() ? "" : before + " → ") + show_value(context, object, field, each.value).text);
            }
            break;
        case CaptureKind::Event:
            add(shown(event_field::subject));
            add(shown(event_field::start));
            break;
        case CaptureKind::Note:
            add(shown(task_field::description));
            break;
        default:
            add(shown(task_field::subject));
            add(value_of(action, task_field::reminder) ? shown(task_field::reminder) : shown(task_field::activity_date));
    }
    return words;
}

void CaptureDialog::draw_actions(Context& context) {
    kit::Group group(context, Role::Group, context.tr("ui.capture.understood"));
    kit::Column column(context, {.gap = space::x2});
    kit::heading(context, 3, context.tr("ui.capture.understood"), {.style = TextStyle::CaptionStrong, .ink = kit::Ink::Secondary});
    for (std::size_t i = 0; i < capture_.actions.size(); ++i) {
        kit::IdScope scope(context, std::uint64_t{i});
        bool wanted = !left_out_[i];
        if (kit::checkbox(context, "wanted", action_title(context, capture_.actions[i]), wanted, {.description = action_words(context, capture_.actions[i])})) {
            left_out_[i] = !wanted;
            capture_.actions[i].wanted = wanted;
        }
    }
}

void CaptureDialog::draw_doubts(Context& context) {
    for (const CaptureDoubt& doubt : capture_.doubts) {
        // What the person chose since then is no doubt.
        using Kind = CaptureDoubt::Kind;
        const bool of_name = doubt.kind == Kind::UnknownName || doubt.kind == Kind::SeveralFit;
        if (of_name && (who_ || account_)) continue;
        constexpr std::string_view keys[] = {"ui.capture.unknown_name", "ui.capture.several_fit", "ui.capture.other_currency", "ui.capture.no_account", "ui.capture.several_opportunities", "ui.capture.amount_of_products"};
        // A lead gets account and opportunity by its conversion: there is nothing to choose.
        const bool of_lead = doubt.kind == Kind::NoOpportunity && capture_.who.object == so::lead;
        kit::help_text(context, context.tr(of_lead ? "ui.capture.of_lead" : keys[static_cast<int>(doubt.kind)], {doubt.text, context.workspace().currency()}));
    }
}

void CaptureDialog::save(Context& context) {
    if (trim(text_).empty()) {
        error_ = context.tr("ui.timeline.need_text");
        focus_ = true;
        return;
    }
    refresh(context);   // saved before the names in it were looked for
    Batch batch = capture_batch(capture_, context.records());
    if (batch.commands.empty()) {
        error_ = context.tr("ui.capture.nothing_wanted");
        return;
    }
    std::string toast = context.count_text("ui.capture.saved", batch.commands.size());
    submit(context, std::move(batch), std::move(toast));
}

}  // namespace outpost
