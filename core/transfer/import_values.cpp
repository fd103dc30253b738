#include "core/transfer/import_values.h"

#include <algorithm>
#include <array>
#include <bit>

#include "core/base/sort_stably.h"
#include "core/base/text.h"
#include "core/edit/picklist_rules.h"
#include "core/objects/labels.h"
#include "core/objects/picklist_text.h"
#include "core/objects/standard.h"
#include "core/transfer/import_named.h"
#include "core/transfer/import_targets.h"
#include "core/transfer/value_words.h"

namespace outpost {

namespace {

// Edits (insert, remove, replace, swap of neighbours) between two texts, up to `limit`, which is 2 at most; more is
// limit + 1. Looks only near the diagonal: place k of a row is that of the first j + k - limit characters of `a`.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
    if (a.size() > b.size() + limit || b.size() > a.size() + limit) return limit + 1;
    std::array<std::size_t, 5> before_last{}, last{}, row{};
    for (std::size_t k = 0; k <= 2 * limit; ++k) last[k] = k < limit ? limit + 1 : k - limit;
    for (std::size_t j = 1; j <= b.size(); ++j) {
        std::size_t best = limit + 1;
        for (std::size_t k = 0; k <= 2 * limit; ++k) {
            const std::size_t i = j + k < limit ? a.size() + 1 : j + k - limit;
            row[k] = limit + 1;
            if (i > a.size()) continue;
            if (i == 0) row[k] = j;
            else row[k] = last[k] + (a[i - 1] != b[j - 1]);
            if (k < 2 * limit) row[k] = std::min(row[k], last[k + 1] + 1);
            if (k > 0) row[k] = std::min(row[k], row[k - 1] + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[k] = std::min(row[k], before_last[k] + 1);
            best = std::min(best, row[k]);
        }
        if (best > limit) return limit + 1;
        before_last = last;
        last = row;
    }
    return std::min(last[a.size() + limit - b.size()], limit + 1);
}

// The names that are there, by their letters and digits alone.
class AlikeNames {
public:
    void add(std::string_view text, std::string_view name, std::uint32_t tag) { names_.push_back({fold_key(text), std::string(name), tag}); }
    bool empty() const { return names_.empty(); }
    // When all are there.
    void sort() {
        sort_stably(names_, [](const Entry& a, const Entry& b) { return a.key < b.key; });
        for (const Entry& entry : names_) shapes_.push_back(shape_of(entry.key));
    }

    struct Hit {
        const std::string* name = nullptr;
        std::uint32_t tag = 0;
        bool same_letters = false;   // differs in blanks, case, accents and punctuation only
    };
    // The one name that has the same letters or, if `may_differ`, nearly those; none when there are several or none.
    Hit find(std::string_view text, bool may_differ) const {
        const std::string key = fold_key(text);
        Best best;
        for (auto same = std::ranges::lower_bound(names_, key, {}, &Entry::key); same != names_.end() && same->key == key && !key.empty(); ++same) best.add(*same, 0);
        const std::size_t limit = best.entry || !may_differ || key.size() < 5 ? 0 : key.size() < 9 ? 1 : 2;
        const Shape shape = shape_of(key);
        for (std::size_t i = 0; limit > 0 && i < names_.size(); ++i) {
            if (!shape.is_near(shapes_[i], limit)) continue;
            const std::size_t distance = edit_distance(names_[i].key, key, limit);
            if (distance <= limit) best.add(names_[i], distance);
        }
        if (!best.entry || best.several) return {};
        return {&best.entry->name, best.entry->tag, best.distance == 0};
    }

private:
    struct Entry {
        std::string key, name;
        std::uint32_t tag;
    };
    struct Best {
        const Entry* entry = nullptr;
        std::size_t distance = 0;
        bool several = false;
        void add(const Entry& other, std::size_t at) {
            if (entry && at > distance) return;
            several = entry && at == distance && (several || entry->name != other.name || entry->tag != other.tag);
            entry = &other;
            distance = at;
        }
    };
    // The length, and which characters a key has once and twice: tells most pairs apart in a moment.
    struct Shape {
        std::uint64_t once = 0, twice = 0;
        std::size_t size = 0;
        bool is_near(const Shape& other, std::size_t limit) const {
            const auto lacks = [](const Shape& a, const Shape& b) { return static_cast<std::size_t>(std::popcount(a.once & ~b.once) + std::popcount(a.twice & ~b.twice)); };
            return size <= other.size + limit && other.size <= size + limit && lacks(*this, other) <= limit && lacks(other, *this) <= limit;
        }
    };
    static Shape shape_of(std::string_view key) {
        Shape shape;
        shape.size = key.size();
        for (const char c : key) {
            const auto byte = static_cast<unsigned char>(c);
            const std::uint64_t bit = std::uint64_t{1} << (byte < 0x40 ? byte & 15u : byte < 0x80 ? 16u + (byte & 31u) : 48u + (byte & 15u));
            shape.twice |= shape.once & bit;
            shape.once |= bit;
        }
        return shape;
    }

    std::vector<Entry> names_;      // by key
    std::vector<Shape> shapes_;     // of the names
};

const ValueChoice* find_choice(const ImportPlan& plan, const std::string& header, const std::string& value) {
    for (const ValueChoice& choice : plan.choices)
        if (choice.header == header && choice.value == value) return &choice;
    return nullptr;
}

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

std::string describe(const Records& records, RecordRef record, bool with_object) {
    return records.display_name(record) + " (" + (with_object ? records.schema().object(record.object).label + " " : std::string()) + to_text(records.id_of(record)) + ")";
}

class LookupResolver {
public:
    LookupResolver(ColumnDecisions& column, const ImportPlan& plan, const std::string& header, const Records& records,
                   const DistinctColumn* own_rows, std::vector<RecordsToCreate>& to_create)
        : column_(column), plan_(plan), header_(header), records_(records), own_rows_(own_rows), to_create_(to_create),
          matches_(plan.columns[column.column].matches) {}

    void run() {
        column_.decisions.resize(column_.distinct.size());
        for (std::uint32_t i = 0; i < column_.distinct.size(); ++i) resolve(column_.decisions[i], std::string(column_.distinct.value(i)));
    }

private:
    bool look_up(ValueDecision& decision, std::string_view text, ObjectIndex only = no_object) {
        std::vector<RecordRef> found;
        for (const LookupMatch& match : matches_)
            for (const RowIndex row : only == no_object || match.object == only ? find_named(records_, match, text) : std::vector<RowIndex>{}) found.push_back({match.object, row});
        if (found.empty() && looks_like_email(text)) found = find_by_address(text);
        // The contact that a lead became goes by its name, too.
        if (found.size() > 1)
            std::erase_if(found, [&](RecordRef one) { return one.object == standard_object::lead && records_.table(one.object).column(lead_field::is_converted).flags()[one.row] != 0; });
        if (found.size() == 1) {
            decision.outcome = ValueOutcome::Found;
            decision.record = found[0];
            return true;
        }
        if (found.size() > 1) {
            decision.outcome = ValueOutcome::Ambiguous;
            for (std::size_t i = 0; i < found.size() && i < 5; ++i) decision.matches.push_back(describe(records_, found[i], matches_.size() > 1));
            decision.candidates = std::move(found);
            return true;
        }
        const std::uint32_t own = own_rows_ ? find_own(text) : no_index;
        if (own == no_index) return false;
        const bool once = own_rows_->count(own) == 1;
        decision.outcome = once ? ValueOutcome::InFile : ValueOutcome::Ambiguous;
        decision.file_row = own_rows_->first_row(own);
        if (!once) decision.matches.assign(own_rows_->count(own) < 5 ? own_rows_->count(own) : 5, std::string(text));
        return true;
    }

    // Ids of this file by either form, people by their names in any.
    std::uint32_t find_own(std::string_view text) const {
        std::uint32_t own = own_rows_->find(text);
        if (own == no_index) own = own_rows_->find(other_id_form(text));
        const auto match = std::ranges::find(matches_, plan_.object, &LookupMatch::object);
        if (own != no_index || match == matches_.end() || plan_.columns[column_.column].own_ids) return own;
        const Object& object = records_.schema().object(match->object);
        const Field& field = object.field(match->field);
        return is_person_name(object, field) ? own_rows_->find(named_key(object, field, text)) : no_index;
    }

    // One of several namesakes, chosen by its id.
    bool take_id(ValueDecision& decision, std::string_view text) const {
        for (const LookupMatch& match : matches_)
            for (const RowIndex row : find_named(records_, {match.object, system_field::id}, text)) {
                decision.outcome = ValueOutcome::Found;
                decision.record = {match.object, row};
                return true;
            }
        return false;
    }

    // People stand in a column by their names, and here and there by their addresses.
    std::vector<RecordRef> find_by_address(std::string_view text) const {
        std::vector<RecordRef> found;
        for (const LookupMatch& match : matches_)
            for (const Field& field : records_.schema().object(match.object).fields)
                if (!field.deleted && field.type == FieldType::Email)
                    for (const RowIndex row : find_named(records_, {match.object, field.index}, text)) found.push_back({match.object, row});
        return found;
    }

    // "Ann Lee (ann@example.com)", "Acme (acme.com)" as HubSpot writes it, "Account: Acme", and of several records the first that is here.
    bool look_up_parts(ValueDecision& decision, std::string_view text) {
        if (const auto [name, address] = split_named_address(text); !address.empty() && (look_up(decision, address) || look_up(decision, name))) return true;
        if (const auto [only, name] = without_object(text); only != no_object && look_up(decision, name, only)) return true;
        const char separator = text.find(';') != std::string_view::npos ? ';' : text.find('@') != std::string_view::npos ? ',' : '\0';
        if (separator == '\0' || text.find(separator) == std::string_view::npos) return false;
        for (const std::string_view part : split(text, separator)) {
            ValueDecision one;
            if (trim(part).empty() || !(look_up(one, trim(part)) || look_up_parts(one, trim(part))) || one.outcome != ValueOutcome::Found) continue;
            decision = std::move(one);
            decision.is_first_of_several = true;
            return true;
        }
        return false;
    }

    // "Account: Acme", "Deal: Big one": the object that a lookup to several ones names before the record.
    std::pair<ObjectIndex, std::string_view> without_object(std::string_view text) const {
        const std::size_t at = text.find(':');
        if (matches_.size() < 2 || at == std::string_view::npos) return {no_object, text};
        const std::string key = fold_key(text.substr(0, at));
        for (const LookupMatch& match : matches_)
            if (names_object(key, records_.schema().object(match.object))) return {match.object, trim(text.substr(at + 1))};
        return {no_object, text};
    }

    void resolve(ValueDecision& decision, const std::string& text) {
        const ValueChoice* choice = find_choice(plan_, header_, text);
        if (choice) {
            if (choice->kind == ValueChoice::Kind::Empty) decision.outcome = ValueOutcome::Empty;
            else if (choice->kind == ValueChoice::Kind::Create) create(decision, text);
            else if (choice->kind == ValueChoice::Kind::Use && !take_id(decision, choice->use) && !look_up(decision, choice->use)) decision.suggestion = choice->use;
            return;
        }
        if (look_up(decision, text) || look_up_parts(decision, text)) return;
        // Nothing is called as an id, nor like one.
        const bool is_name = !looks_like_salesforce_id(text);
        if (is_name) suggest(decision, text);
        if (decision.outcome == ValueOutcome::Found) return;
        if (is_name && plan_.create_missing.records) create(decision, text);
        if (decision.outcome != ValueOutcome::Unknown || !plan_.create_missing.leave_empty) return;
        decision.outcome = ValueOutcome::Empty;
        decision.is_left_empty = true;
    }

    void suggest(ValueDecision& decision, const std::string& text) {
        constexpr std::uint32_t names_max = 50'000, looked_up_max = 500;
        if (matches_.empty()) return;
        const LookupMatch match = matches_.front();
        if (match.object == standard_object::user && suggest_user(decision, text)) return;
        const Field& field = records_.schema().object(match.object).field(match.field);
        if (match.field == system_field::id || field.external_id || field.column_kind() != ColumnKind::Text || field.type == FieldType::Email) return;
        if (names_.empty()) {
            const Table& table = records_.table(match.object);
            if (table.live_count() > names_max) return;
            for (RowIndex row = 0; row < table.row_count(); ++row)
                if (table.is_live(row)) names_.add(table.column(match.field).text(row), table.column(match.field).text(row), 0);
            names_.sort();
        }
        const AlikeNames::Hit hit = names_.find(text, suggested_++ < looked_up_max);
        if (!hit.name) return;
        decision.suggestion = *hit.name;
        if (!hit.same_letters || !plan_.accept_suggestions) return;
        decision.suggestion_taken = look_up(decision, *hit.name) && decision.outcome == ValueOutcome::Found;
    }

    // A user by the alias that Salesforce gives ("aberg" for Anna Berg), or by what stands before the @ of the address.
    bool suggest_user(ValueDecision& decision, const std::string& text) {
        if (aliases_.empty()) {
            const Table& table = records_.table(standard_object::user);
            for (RowIndex row = 0; row < table.row_count(); ++row) {
                if (!table.is_live(row)) continue;
                const std::string_view address = table.column(user_field::email).text(row);
                const std::string name = records_.display_name({standard_object::user, row});
                const std::string alias = fold_key(table.column(user_field::first_name).text(row)).substr(0, 1) + fold_key(table.column(user_field::last_name).text(row)).substr(0, 4);
                aliases_.add(alias, name, row);
                aliases_.add(address.substr(0, address.find('@')), name, row);
            }
            aliases_.sort();
        }
        const AlikeNames::Hit hit = aliases_.find(text, false);
        if (!hit.name) return false;
        decision.suggestion = *hit.name;
        if (!plan_.accept_suggestions) return true;
        decision.outcome = ValueOutcome::Found;
        decision.record = {standard_object::user, hit.tag};
        decision.suggestion_taken = true;
        return true;
    }

    // What would be made; null where it isn't known of which object it would be. An owner that isn't there is a user, not a queue.
    const LookupMatch* creatable(ObjectIndex only) const {
        for (const LookupMatch& match : matches_) {
            if (only != no_object && match.object != only) continue;
            if (only == no_object && matches_.size() > 1 && (match.object != standard_object::user || column_.field.index != system_field::owner)) continue;
            const Object& target = records_.schema().object(match.object);
            const Field& field = target.field(match.field);
            const bool named = field.index == target.name_field || field.index == system_field::name;
            const bool by_address = field.type == FieldType::Email || field.type == FieldType::Url;
            // A number that records get by themselves makes none that has it.
            return (named || by_address || field.external_id) && (field.writable() || is_person_name(target, field)) ? &match : nullptr;
        }
        return nullptr;
    }

    void create(ValueDecision& decision, const std::string& whole) {
        const auto [only, name] = without_object(whole);
        const bool is_several = name.find('@') != std::string_view::npos && name.find(';') != std::string_view::npos;
        const std::string text(is_several ? trim(name.substr(0, name.find(';'))) : name);
        if (text.empty() || !creatable(only)) return;
        const LookupMatch match = *creatable(only);
        const Object& target = records_.schema().object(match.object);
        const Field& field = target.field(match.field);
        if (is_null(named_value(field, text))) return;
        auto group = std::find_if(to_create_.begin(), to_create_.end(), [&](const RecordsToCreate& one) { return one.match == match; });
        if (group == to_create_.end()) group = to_create_.insert(to_create_.end(), RecordsToCreate{match, {}});
        const std::string key = named_key(target, field, text);
        decision.outcome = ValueOutcome::Create;
        decision.create_match = match;
        decision.is_first_of_several = is_several;
        decision.to_create = group->keys.find(key);
        if (decision.to_create != no_index) return;
        decision.to_create = group->keys.size();
        group->keys.add(key, 0);
        group->texts.push_back(text);
    }

    ColumnDecisions& column_;
    const ImportPlan& plan_;
    const std::string& header_;
    const Records& records_;
    const DistinctColumn* own_rows_;
    std::vector<RecordsToCreate>& to_create_;
    const std::vector<LookupMatch>& matches_;
    AlikeNames names_, aliases_;
    std::uint32_t suggested_ = 0;
};

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

// "NOT_STARTED": as programs write a value.
static bool is_constant(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9'); });
}

// "open", of "Open - Not Contacted": the one value that has it as a part; "" none, or several.
static std::string value_with_part(const Field& field, std::string_view key) {
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

namespace {

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
        const bool known = code != 0 && column.field.values[code - 1u].active;
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

void resolve_lookup(ColumnDecisions& column, const ImportPlan& plan, const std::string& header, const Records& records,
                    const DistinctColumn* own_rows, std::vector<RecordsToCreate>& to_create) {
    LookupResolver(column, plan, header, records, own_rows, to_create).run();
}

}  // namespace outpost
