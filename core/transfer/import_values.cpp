#include "core/transfer/import_values.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "core/transfer/alike_names.h"
#include "core/transfer/import_named.h"
#include "core/transfer/import_targets.h"
#include "core/transfer/value_words.h"

namespace outpost {

namespace {

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

}  // namespace

const ValueChoice* find_choice(const ImportPlan& plan, const std::string& header, const std::string& value) {
    for (const ValueChoice& choice : plan.choices)
        if (choice.header == header && choice.value == value) return &choice;
    return nullptr;
}

void resolve_lookup(ColumnDecisions& column, const ImportPlan& plan, const std::string& header, const Records& records,
                    const DistinctColumn* own_rows, std::vector<RecordsToCreate>& to_create) {
    LookupResolver(column, plan, header, records, own_rows, to_create).run();
}

}  // namespace outpost
