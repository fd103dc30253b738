#include "core/transfer/import_values.h"

#include <algorithm>

#include "core/base/sort_stably.h"
#include "core/base/text.h"
#include "core/edit/picklist_rules.h"
#include "core/objects/labels.h"
#include "core/objects/picklist_text.h"
#include "core/objects/standard.h"
#include "core/transfer/alike_names.h"
#include "core/transfer/value_words.h"

namespace outpost {

namespace {

std::uint16_t add_value(ColumnDecisions& column, std::string_view text, ObjectIndex object) {
    Field& field = column.field;
    if (const std::uint16_t code = field.find_code(text)) return code;
    if (field.values.size() >= 0xFFFE || !can_be_picklist_value(text)) return 0;
    PicklistValue value = design_picklist_value(text, field, object);
    // Open stages come before the closed ones, and behind those that are no likelier to be won.
    const bool by_probability = !value.closed && object == standard_object::opportunity && field.index == opportunity_field::stage;
    std::uint16_t position = 0;
    for (const PicklistValue& listed : field.values)
        if (value.closed || (!listed.closed && (!by_probability || listed.probability <= value.probability)))
            position = std::max<std::uint16_t>(position, static_cast<std::uint16_t>(listed.position + 1));
    if (!value.closed)
        for (PicklistValue& listed : field.values)
            if (listed.position >= position) ++listed.position;
    value.position = position;
    field.values.push_back(std::move(value));
    column.field_grew = true;
    return static_cast<std::uint16_t>(field.values.size());
}

bool says_any(const std::string& key, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return key.find(word) != std::string::npos; });
}

}  // namespace

PicklistValue design_picklist_value(std::string_view text, const Field& field, ObjectIndex object) {
    PicklistValue value;
    value.value = text;
    value.position = static_cast<std::uint16_t>(field.values.size());
    const std::string key = fold_key(text);
    const bool is_stage = object == standard_object::opportunity && field.index == opportunity_field::stage;
    if (!is_stage) {
        const bool is_status = (object == standard_object::lead && field.index == lead_field::status) ||
                               (object == standard_object::task && field.index == task_field::status);
        if (!is_status) return value;
        value.closed = says_any(key, {"closed", "complete", "done", "converted", "dead", "cancel", "完成", "关闭"}) && !says_any(key, {"notcomplete", "incomplete", "unconverted", "notconverted"});
        value.closed = value.closed || key == "held" || key == "notheld";   // SuiteCRM's calls and meetings
        value.converted = object == standard_object::lead && key == "converted";
        return value;
    }
    const std::optional<bool> outcome = read_outcome(text);
    const bool lost = outcome == false;
    value.won = outcome == true;
    value.closed = value.won || lost;
    constexpr std::pair<std::string_view, std::uint8_t> known[] = {
        {"appointmentscheduled", 20}, {"qualifiedtobuy", 40}, {"presentationscheduled", 60}, {"decisionmakerboughtin", 80}, {"contractsent", 90},
        {"new", 10}, {"prospecting", 10}, {"qualified", 30}, {"qualification", 10}, {"demo", 25}, {"contactmade", 20}, {"demoscheduled", 40},
        {"needsdefined", 40}, {"proposalmade", 60}, {"proposition", 70}, {"negotiationsstarted", 80}, {"proposal", 60}, {"negotiation", 80},
        {"readytoclose", 90}, {"engaging", 40}};
    value.probability = 50;
    for (const auto& [name, probability] : known)
        if (key == name) value.probability = probability;
    if (value.closed) value.probability = value.won ? 100 : 0;
    value.forecast = value.won ? ForecastCategory::Closed : lost ? ForecastCategory::Omitted : value.probability >= 75 ? ForecastCategory::Commit
                     : value.probability >= 50 ? ForecastCategory::BestCase : ForecastCategory::Pipeline;
    return value;
}

namespace {

// "NOT_STARTED": as programs write a value.
bool is_constant(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9'); });
}

// "open", of "Open - Not Contacted": the one value that has it as a part; "" none, or several.
std::string value_with_part(const Field& field, std::string_view key) {
    std::string found;
    for (const PicklistValue& value : field.values) {
        for (std::size_t from = 0, end = 0; value.active && !key.empty() && end != std::string::npos; from = end + 3) {
            end = value.value.find(" - ", from);
            if (fold_key(std::string_view(value.value).substr(from, end - from)) != key || (from == 0 && end == std::string::npos)) continue;
            if (!found.empty() && found != value.value) return {};
            found = value.value;
        }
    }
    return found;
}

// "Won", of "Closed Won": the one stage that ends as the text says; "" none, or several.
std::string stage_of_outcome(const Field& field, std::string_view text) {
    const PicklistValue meant = design_picklist_value(text, field, standard_object::opportunity);
    std::string found;
    for (const PicklistValue& value : field.values) {
        if (!meant.closed || !value.active || !value.closed || value.won != meant.won) continue;
        if (!found.empty()) return {};
        found = value.value;
    }
    return found;
}

// "Closed Won (Sales Pipeline)": HubSpot names the pipeline behind the stage. `known_count`: of the stages that are here.
std::string_view without_pipeline(std::string_view text, const Field& stages, std::size_t known_count) {
    const std::size_t open = text.rfind(" (");
    if (open == std::string_view::npos || !text.ends_with(')') || stages.find_code(text) != 0) return text;
    const std::string_view stage = text.substr(0, open);
    const std::uint16_t code = stages.find_code(stage);
    return (code != 0 && code <= known_count) || fold_key(text).ends_with("pipeline") ? stage : text;
}

// What lists and exports call the values, in either language: a row of labels after the other, in the order of the codes.
std::vector<std::string> labels_of(const Field& field) {
    std::vector<std::string> labels;
    for (const Language language : {Language::English, Language::SimplifiedChinese})
        for (const PicklistValue& value : field.values) labels.push_back(value_label(Messages(language), field, value));
    return labels;
}

// The value that is called so. `code`: the one of that API name, if any; unless it is called so itself, it gives way to an
// active one that is.
std::uint16_t find_labelled(const Field& field, const std::vector<std::string>& labels, std::string_view text, std::uint16_t code) {
    std::uint16_t found = code;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const auto other = static_cast<std::uint16_t>(i % (labels.size() / 2) + 1);   // in two languages
        if (!equals_ignoring_ascii_case(labels[i], text)) continue;
        if (other == code) return code;
        if (found == code && (code == 0 || field.values[other - 1u].active)) found = other;
    }
    return found;
}

// Whether a column gives the values' API names, and not what a person sees: one may be the other's of another value, since
// renaming a value only changes its label. Our own files and Salesforce's write API names below API names of fields, and
// labels below labels; where a field has one word for both ("Status"), the rest of the file tells: an export has ids.
bool gives_api_names(const ImportPlan& plan, const std::string& header, const Field& field) {
    if (!equals_ignoring_ascii_case(header, field.name)) return false;
    const auto is_any = [&](std::initializer_list<std::string_view> reasons) {
        return std::ranges::any_of(plan.columns, [&](const ColumnPlan& one) { return std::ranges::find(reasons, one.reason_key) != reasons.end(); });
    };
    return !equals_ignoring_ascii_case(header, field.label) ||
           (is_any({"import.mapped.own_id", "import.mapped.foreign_id"}) && !is_any({"import.mapped.label", "import.mapped.alias"}));
}

template <typename Visit>
void each_part(std::string_view cell, Visit visit) {
    for (const std::string_view part : split(cell, ';'))
        if (!trim(part).empty()) visit(trim(part));
}

// "Alpha;Omega": each part is decided on once, and what is left out leaves the others.
template <typename ResolveOne>
void resolve_parts(ColumnDecisions& column, const ResolveOne& resolve_one) {
    for (std::uint32_t i = 0; i < column.distinct.size(); ++i)
        each_part(column.distinct.value(i), [&](std::string_view part) { column.parts.add(part, column.distinct.first_row(i), column.distinct.count(i)); });
    column.part_decisions.resize(column.parts.size());
    for (std::uint32_t i = 0; i < column.parts.size(); ++i) column.part_decisions[i].code = resolve_one(column.parts.value(i), column.part_decisions[i]);
    for (std::uint32_t i = 0; i < column.distinct.size(); ++i) {
        ValueDecision& decision = column.decisions[i];
        std::vector<std::uint16_t> codes;
        std::vector<std::uint32_t> unknown;
        each_part(column.distinct.value(i), [&](std::string_view text) {
            const std::uint32_t part = column.parts.find(text);
            if (column.part_decisions[part].outcome == ValueOutcome::Unknown) unknown.push_back(part);
            if (const std::uint16_t code = column.part_decisions[part].code; code != 0) codes.push_back(code);
        });
        sort_stably(codes, [&](std::uint16_t a, std::uint16_t b) { return column.field.values[a - 1u].position < column.field.values[b - 1u].position; });
        codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
        const auto add = [&](std::string_view text) { (decision.text += decision.text.empty() ? "" : ";") += text; };
        for (const std::uint32_t part : unknown) add(column.parts.value(part));
        if (unknown.size() == 1) decision.suggestion = column.part_decisions[unknown[0]].suggestion;
        if (!unknown.empty()) continue;
        for (const std::uint16_t code : codes) add(column.field.values[code - 1u].value);
        decision.outcome = codes.empty() ? ValueOutcome::Empty : ValueOutcome::Found;
    }
}

}  // namespace

void resolve_picklist(ColumnDecisions& column, const ImportPlan& plan, const std::string& header) {
    const bool may_create = plan.create_missing.picklist_values || !column.field.restricted;
    AlikeNames names;
    for (std::size_t i = 0; i < column.field.values.size(); ++i) names.add(column.field.values[i].value, column.field.values[i].value, static_cast<std::uint32_t>(i + 1));
    names.sort();
    const std::vector<std::string> labels = labels_of(column.field);
    const std::size_t known_count = column.field.values.size();   // before new ones are made
    const bool api_first = gives_api_names(plan, header, column.field);
    column.decisions.resize(column.distinct.size());
    const auto resolve_one = [&](std::string_view text, ValueDecision& decision) -> std::uint16_t {
        const ValueChoice* choice = find_choice(plan, header, std::string(text));
        if (choice && choice->kind == ValueChoice::Kind::Empty) {
            decision.outcome = ValueOutcome::Empty;
            return 0;
        }
        const std::size_t whole_bytes = text.size();
        if (!choice && plan.object == standard_object::opportunity && column.field.index == opportunity_field::stage) text = without_pipeline(text, column.field, known_count);
        const std::string_view wanted = choice && choice->kind == ValueChoice::Kind::Use ? std::string_view(choice->use) : text;
        std::uint16_t code = column.field.find_code(wanted);
        if (code == 0 || (!api_first && !choice)) code = find_labelled(column.field, labels, wanted, code);
        // Records that are there may have kept one that is no longer offered; for others it is refused with the row.
        const bool known = code != 0 && (column.field.values[code - 1u].active || (plan.match_column && !choice));
        // "Done: yes", "Completed: 1" of a task
        if (code == 0 && !choice && plan.object == standard_object::task && column.field.index == task_field::status)
            if (const auto done = read_checkbox(text)) {
                decision.outcome = ValueOutcome::Found;
                return column.field.find_code(first_status(column.field, *done));
            }
        if (known && (!choice || choice->kind != ValueChoice::Kind::Reject)) {
            decision.outcome = ValueOutcome::Found;
            decision.suggestion_taken = text.size() < whole_bytes;
            if (decision.suggestion_taken) decision.suggestion = text;
            return code;
        }
        const bool create = choice ? choice->kind == ValueChoice::Kind::Create : may_create && code == 0;
        const AlikeNames::Hit hit = names.find(text, true);
        decision.suggestion = hit.name && column.field.values[hit.tag - 1].active ? *hit.name : value_with_part(column.field, fold_key(text));
        if (decision.suggestion.empty() && !create && plan.object == standard_object::opportunity && column.field.index == opportunity_field::stage)
            decision.suggestion = stage_of_outcome(column.field, text);
        // What other systems call a value that is here is that value; what comes near it is rather kept, where that may be.
        const auto word = code == 0 && !choice ? find_known_word(plan.object, column.field.index, fold_key(text)) : std::nullopt;
        if (word && word->value.empty() && !create) {
            decision.outcome = ValueOutcome::Empty;
            return 0;
        }
        if (const std::uint16_t meant = word ? column.field.find_code(word->value) : std::uint16_t{0}) {
            decision.suggestion = word->value;
            if (word->is_same || (plan.accept_suggestions && !create)) {
                decision.outcome = ValueOutcome::Found;
                decision.suggestion_taken = true;
                return meant;
            }
        }
        // The same letters in another spelling ("NOT_STARTED") leave no doubt in a list of values.
        if (!choice && hit.name && hit.same_letters && (plan.accept_suggestions || is_constant(text))) {
            decision.outcome = ValueOutcome::Found;
            decision.suggestion_taken = true;
            return static_cast<std::uint16_t>(hit.tag);
        }
        const std::uint16_t made = create ? add_value(column, text, plan.object) : std::uint16_t{0};
        decision.outcome = made != 0 ? ValueOutcome::Create : ValueOutcome::Unknown;
        return made;
    };
    if (column.is_of_parts()) resolve_parts(column, resolve_one);
    else
        for (std::uint32_t i = 0; i < column.distinct.size(); ++i) column.decisions[i].code = resolve_one(column.distinct.value(i), column.decisions[i]);
}

}  // namespace outpost
