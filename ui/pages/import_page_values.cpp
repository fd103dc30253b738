// The import wizard's step about values that no picklist or record has yet: each is decided on by a person.
#include <algorithm>

#include "core/base/text.h"
#include "core/objects/labels.h"
#include "ui/pages/import_page.h"
#include "ui/pages/lookup_search.h"

namespace outpost {
namespace {

// A person must see it before anything is made: unknown, ambiguous, or alike something that is there already (making
// it anew would double that).
bool needs_decision(const ValueDecision& decision) {
    return decision.outcome == ValueOutcome::Unknown || decision.outcome == ValueOutcome::Ambiguous ||
           (decision.outcome == ValueOutcome::Create && !decision.suggestion.empty());
}

}  // namespace

// What is alike stands chosen, in sight; the person agrees by going on.
namespace {

// What was decided in earlier imports, the newest first: lines of header, value and choice.
constexpr std::string_view kept_decisions = "import.choices";
constexpr std::size_t candidates_max = 50;
constexpr char part_end = '\x1F';

std::string begin_of(const std::string& header, const std::string& value) { return header + part_end + value + part_end; }

std::string_view decided_before(std::string_view kept, const std::string& header, const std::string& value) {
    if (kept.empty()) return {};
    const std::string begin = begin_of(header, value);
    for (const std::string_view line : split(kept, '\n'))
        if (line.starts_with(begin)) return line.substr(begin.size());
    return {};
}

// Whether what was chosen before can be chosen for this value again.
bool can_be_used(const Records& records, const ColumnDecisions& column, const ValueDecision& decision, std::string_view chosen) {
    const auto has_id = [&](RecordRef one) { return to_text(records.id_of(one)) == chosen; };
    return chosen == decision.suggestion || column.field.find_code(chosen) != 0 || std::ranges::any_of(decision.candidates, has_id);
}

ValueChoice value_choice(const std::string& header, const std::string& value, const std::string& chosen) {
    ValueChoice choice{.header = header, .value = value, .kind = ValueChoice::Kind::Reject, .use = {}};
    if (chosen.starts_with("use:")) {
        choice.kind = ValueChoice::Kind::Use;
        choice.use = chosen.substr(4);
    } else if (chosen == "create") {
        choice.kind = ValueChoice::Kind::Create;
    } else if (chosen == "empty") {
        choice.kind = ValueChoice::Kind::Empty;
    }
    return choice;
}

std::string chosen_text(const ValueChoice* choice) {
    if (choice && choice->kind == ValueChoice::Kind::Use) return "use:" + choice->use;
    if (choice && choice->kind == ValueChoice::Kind::Create) return "create";
    return choice && choice->kind == ValueChoice::Kind::Empty ? "empty" : "reject";
}

// What "empty" is: of several values, the others stay.
const char* empty_key(const Field& field) { return field.type == FieldType::MultiselectPicklist ? "ui.import.without_value" : "ui.import.leave_empty"; }

// "Use “Acme” · Berlin": what tells the record from its namesakes.
kit::Choice candidate_choice(Context& context, const kit::Choice& one) {
    return {.value = "use:" + one.value, .label = context.tr("ui.import.use", {one.label}) + " · " + (one.detail.empty() ? one.value : one.detail), .icon = one.icon};
}

}  // namespace

void ImportPage::find_open_values(Context& context) {
    open_.clear();
    const std::string kept = context.setting(kept_decisions);
    for (const ColumnDecisions& column : job_->decisions()) {
        OpenColumn open{column.column, column.field, {}};
        const std::string& header = source_->headers()[column.column];
        for (std::uint32_t index = 0; index < column.asked().size(); ++index) {
            const ValueDecision& decision = column.asked_decisions()[index];
            if (!needs_decision(decision)) continue;
            const std::string value(column.asked().value(index));
            open.values.push_back({value, column.asked().count(index), decision, {}, {}});
            for (std::size_t i = 0; i < decision.candidates.size() && i < candidates_max; ++i) open.values.back().candidates.push_back(lookup_choice(context, decision.candidates[i]));
            if (choice_of(header, value)) continue;
            const std::string before(decided_before(kept, header, value));
            const bool is_there = before.starts_with("use:") && can_be_used(context.records(), column, decision, std::string_view(before).substr(4));
            if (is_there || before == "empty" || before == "reject") set_choice(header, value, open.values.back().before = before);
            else if (!decision.suggestion.empty()) set_choice(header, value, "use:" + decision.suggestion);
        }
        if (!open.values.empty()) open_.push_back(std::move(open));
    }
}

// What stands there when a person goes on is decided, whether it was chosen or only agreed to; the former first, as there
// may be more of the latter than are kept.
void ImportPage::keep_decisions(Context& context) const {
    constexpr std::size_t kept_max = 400;
    std::vector<std::string> lines;
    const auto keep = [&](std::string_view line) {
        const std::string_view begin = line.substr(0, line.rfind(part_end) + 1);
        if (lines.size() < kept_max && !begin.empty() && !line.contains('\n') && std::ranges::none_of(lines, [&](const std::string& newer) { return newer.starts_with(begin); })) lines.emplace_back(line);
    };
    for (const bool is_agreed : {false, true})
        for (const OpenColumn& column : open_)
            for (const OpenValue& open : column.values)
                if (const ValueChoice* made = choice_of(source_->headers()[column.column], open.value); made && (chosen_text(made) == "use:" + open.decision.suggestion) == is_agreed)
                    keep(begin_of(made->header, made->value) + chosen_text(made));
    const std::string before = context.setting(kept_decisions);
    for (const std::string_view line : split(before, '\n')) keep(line);
    std::string all;
    for (const std::string& line : lines) all += (all.empty() ? "" : "\n") + line;
    if (all != before) context.set_setting(kept_decisions, all);
}

void ImportPage::draw_values(Context& context) {
    constexpr std::size_t shown_max = 50;
    kit::text(context, context.tr("ui.import.values_help"), {.ink = kit::Ink::Secondary, .wrap = true});
    for (const OpenColumn& column : open_) {
        const std::string& header = source_->headers()[column.column];
        kit::IdScope scope(context, std::uint64_t{column.column});
        kit::Card card(context, {.gap = space::x2, .role = Role::Region, .name = header});
        {
            kit::SectionHeader section(context, header, static_cast<int>(column.values.size()));
            if (column.values.size() > 3) draw_choice_for_all(context, column);
        }
        const std::size_t shown = std::min(column.values.size(), shown_max);
        for (std::size_t index = 0; index < shown; ++index) {
            kit::IdScope each(context, std::uint64_t{index} + 1);
            if (index > 0) kit::divider(context);
            draw_value(context, column, column.values[index]);
        }
        if (column.values.size() > shown) kit::help_text(context, context.tr("ui.import.more_values", {number_text(context, column.values.size() - shown)}));
    }
    kit::Row row(context);
    if (kit::button(context, "back", context.tr("ui.import.back"), {.icon = Icon::ArrowLeft})) return go(context, Step::Columns);
    row.spacer();
    if (kit::button(context, "preview", context.tr("ui.import.to_preview"), {.kind = kit::ButtonKind::Primary, .icon_after = Icon::ArrowRight})) {
        keep_decisions(context);
        proceed(context);
    }
}

void ImportPage::draw_value(Context& context, const OpenColumn& column, const OpenValue& open) {
    const std::string& header = source_->headers()[column.column];
    const ValueDecision& decision = open.decision;
    kit::Columns sides(context, {1, 1}, {.row_gap = 0});
    {
        kit::Column left(context, {.gap = 2, .padding = Insets::xy(0, space::x1)});
        kit::text(context, open.value, {.style = TextStyle::BodyStrong});
        std::string detail = context.tr("ui.import.rows", {number_text(context, open.rows)});
        if (decision.outcome == ValueOutcome::Ambiguous) detail += " · " + context.tr("ui.import.ambiguous", {number_text(context, std::max(decision.candidates.size(), decision.matches.size()))});
        kit::text(context, detail, {.style = TextStyle::Caption, .ink = kit::Ink::Secondary});
    }
    sides.next();
    kit::Column right(context, {.gap = 2, .padding = Insets::xy(0, space::x1)});
    std::vector<kit::Choice> choices;
    std::string suggested = decision.suggestion;
    const bool is_lookup = column.field.is_lookup();
    if (const std::uint16_t code = is_lookup ? std::uint16_t{0} : column.field.find_code(suggested); code != 0) suggested = value_label(context.messages(), column.field, column.field.values[code - 1u]);
    if (!suggested.empty()) choices.push_back({.value = "use:" + decision.suggestion, .label = context.tr("ui.import.use", {suggested})});
    const auto add_general = [&] {
        if (decision.outcome != ValueOutcome::Ambiguous) choices.push_back({.value = "create", .label = context.tr("ui.import.make", {open.value})});
        choices.push_back({.value = "empty", .label = std::string(context.tr(empty_key(column.field)))});
        choices.push_back({.value = "reject", .label = std::string(context.tr("ui.import.hand_back"))});
    };
    if (!is_lookup) {
        add_general();   // before a long list
        for (const std::uint16_t code : column.field.codes_in_order(true)) {
            const PicklistValue& known = column.field.values[code - 1u];
            if (known.value != decision.suggestion) choices.push_back({.value = "use:" + known.value, .label = context.tr("ui.import.use", {value_label(context.messages(), column.field, known)})});
        }
    }
    for (const kit::Choice& candidate : open.candidates) choices.push_back(candidate_choice(context, candidate));
    if (is_lookup) add_general();
    std::string chosen = chosen_text(choice_of(header, open.value));
    if (kit::picklist(context, "choice", context.tr("ui.import.decide", {open.value}), choices, chosen, {.field = {.hide_label = true}, .allow_none = false}).changed) {
        set_choice(header, open.value, chosen);
        preview_.reset();   // it counted otherwise
    }
    if (chosen == open.before) {
        kit::text(context, context.tr("ui.import.as_before"), {.style = TextStyle::Caption, .ink = kit::Ink::Secondary});
        return;
    }
    if (decision.suggestion.empty()) return;
    const bool taken = chosen == "use:" + decision.suggestion;
    kit::text(context, taken ? std::string(context.tr("ui.import.taken")) : context.tr("ui.import.suggested", {suggested}), {.style = TextStyle::Caption, .ink = taken ? kit::Ink::Secondary : kit::Ink::Warning});
}

const ValueChoice* ImportPage::choice_of(const std::string& header, const std::string& value) const {
    const auto found = std::ranges::find_if(choices_, [&](const ValueChoice& choice) { return choice.header == header && choice.value == value; });
    return found == choices_.end() ? nullptr : &*found;
}

void ImportPage::set_choice(const std::string& header, const std::string& value, const std::string& chosen) {
    std::erase_if(choices_, [&](const ValueChoice& choice) { return choice.header == header && choice.value == value; });
    choices_.push_back(value_choice(header, value, chosen));
}

// Also for those that are too many to be shown. Which of several records is meant can't be said for all.
void ImportPage::draw_choice_for_all(Context& context, const OpenColumn& column) {
    const std::string& header = source_->headers()[column.column];
    if (!kit::menu_button(context, "all", context.tr("ui.import.for_all"), {.small = true})) return;
    std::string chosen;
    for (const auto& [value, key] : {std::pair{"create", "ui.import.make_all"}, {"empty", empty_key(column.field)}, {"reject", "ui.import.hand_back"}})
        if (kit::menu_item(context, value, context.tr(key))) chosen = value;
    kit::end_menu(context);
    if (chosen.empty()) return;
    std::vector<ValueChoice> made;
    for (const OpenValue& open : column.values) {
        if (chosen != "create" || open.decision.outcome != ValueOutcome::Ambiguous) made.push_back(value_choice(header, open.value, chosen));
        else if (const ValueChoice* before = choice_of(header, open.value)) made.push_back(*before);
    }
    std::erase_if(choices_, [&](const ValueChoice& choice) { return choice.header == header; });
    choices_.insert(choices_.end(), made.begin(), made.end());
    preview_.reset();   // it counted otherwise
}

}  // namespace outpost
