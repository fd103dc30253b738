#include "core/transfer/import_plan.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/edit/derived.h"
#include "core/edit/validate.h"
#include "core/objects/labels.h"
#include "core/objects/standard_call.h"
#include "core/transfer/column_fit.h"
#include "core/transfer/header_aliases.h"
#include "core/transfer/header_words.h"
#include "core/transfer/import_targets.h"
#include "core/transfer/value_words.h"

namespace outpost {

namespace {

// Markers that never are a value by themselves; others ("Select", "none") only where a picklist gets them.
bool is_sure_marker(std::string_view marker) {
    for (const std::string_view sure : {"NULL", "(null)", "<null>", "[null]", "#N/A", "N/A", "\\N", "nan", "nil", "--None--", "(blank)", "(empty)", "undefined"})
        if (equals_ignoring_ascii_case(marker, sure)) return true;
    return false;
}

constexpr std::string_view titles[] = {"title", "titre", "anrede", "civilite", "称谓"};

// What a header's first word says its column is about.
struct Prefix {
    std::string_view word;
    ObjectIndex object;
};
constexpr Prefix prefixes[] = {
    {"deal", standard_object::opportunity}, {"opportunity", standard_object::opportunity}, {"company", standard_object::account}, {"organization", standard_object::account},
    {"account", standard_object::account}, {"person", standard_object::contact}, {"activity", standard_object::task}, {"call", standard_object::task},
    {"meeting", standard_object::event}};

// People have the same fields, and so do activities.
bool is_akin(ObjectIndex a, ObjectIndex b) {
    const auto are = [&](ObjectIndex one, ObjectIndex other) { return (a == one || a == other) && (b == one || b == other); };
    return a == b || are(standard_object::lead, standard_object::contact) || are(standard_object::task, standard_object::event);
}

// Finds targets for all columns; a target that is taken is not given twice.
class Mapper {
public:
    Mapper(ImportPlan& plan, const ImportSource& source, const Records& records)
        : plan_(plan), source_(source), records_(records), object_(records.schema().object(plan.object)) {
        for (const ColumnProfile& profile : source.columns()) {
            // Attio writes "Record > Email addresses" in the export of a list.
            constexpr std::string_view attio = "Record > ";
            std::string& key = keys_.emplace_back(fold_key(std::string_view(profile.header).substr(profile.header.starts_with(attio) ? attio.size() : 0)));
            // Pipedrive: "City/town/village/locality of Address".
            for (const std::string_view end : {"ofaddress", "ofpostaladdress"})
                if (key.ends_with(end)) key.resize(key.size() - end.size());
            // HubSpot lists "Associated Company IDs (Primary)", "Associated Company Record ID".
            for (const std::string_view end : {"primary", "s"})
                if (key.ends_with("id" + std::string(end)) || key.ends_with("idsprimary")) key.resize(key.size() - end.size());
            if (key.starts_with("associated") && key.ends_with("recordid")) key.erase(key.size() - 8, 6);
            // "(Do Not Modify) Lead" of Dynamics is the record's id.
            if (!key.starts_with("donotmodify")) continue;
            key.erase(0, 11);
            if (key == fold_key(object_.label)) key += "id";
        }
        static const Messages languages[] = {Messages(Language::English), Messages(Language::SimplifiedChinese)};
        for (const Field& field : object_.fields) {
            std::vector<std::string>& keys = labels_.emplace_back();
            if (field.deleted || field.hidden || field.name.empty() || field.type == FieldType::Id) continue;
            keys.push_back(fold_key(field.label));
            keys.push_back(fold_key(field.name));
            for (const Messages& messages : languages) keys.push_back(fold_key(field_label(messages, object_, field)));
        }
    }

    // How a person is addressed, where the values say so; Outlook has a "Title" for that beside a "Job Title".
    void plan_titles() {
        const Field* salutation = object_.find_field("Salutation");
        if (salutation == nullptr) return;
        const auto is_known = [&](const std::string& one) { return salutation->find_code(one) != 0 || find_known_word(plan_.object, salutation->index, fold_key(one)); };
        const auto job = static_cast<std::uint32_t>(std::ranges::find(keys_, "jobtitle") - keys_.begin());
        for (std::uint32_t column = 0; column < keys_.size(); ++column) {
            if (std::ranges::find(titles, keys_[column]) == std::end(titles)) continue;
            if (profile(column).filled > 0 && std::ranges::all_of(profile(column).samples, is_known)) settled_[column] = take(column, "Salutation", "import.mapped.alias");
            else if (keys_[column] == "title" && job < keys_.size() && take(job, "Title", "import.mapped.alias")) settled_[job] = settled_[column] = true;
        }
    }

    void map_all() {
        plan_titles();
        each_open([&](std::uint32_t column) { return leave_line_numbers(column); });
        // A column without a value takes what no other one is named after.
        for (const bool may_be_empty : {false, true}) {
            takes_empty_ = may_be_empty;
            each_open([&](std::uint32_t column) { return try_api_name(column); });
            each_open([&](std::uint32_t column) { return try_labels(column, keys_[column]) || try_labelled(column); });
            each_open([&](std::uint32_t column) { return try_aliases(column, keys_[column]); });
            each_open([&](std::uint32_t column) { return try_without_prefix(column); });
            each_open([&](std::uint32_t column) { return try_without_currency(column); });
            general_lookups_ = true;
            if (is_activity()) each_open([&](std::uint32_t column) { return try_api_name(column) || try_labels(column, keys_[column]) || try_aliases(column, keys_[column]); });
        }
        each_open([&](std::uint32_t column) { return try_alike(column); });
        takes_shared_ = true;
        each_open([&](std::uint32_t column) { return profile(column).filled > 0 && (try_without_prefix(column) || try_alike(column)); });
        each_open([&](std::uint32_t column) { return try_id(column); });
        link_own_rows();
        for (std::uint32_t column = 0; column < plan_.columns.size(); ++column) finish(column);
        plan_second_choices();
        plan_street(plan_, keys_, source_, records_);
        plan_second_lines(plan_, keys_, source_, object_);
        for (std::uint32_t column = 0; column < plan_.columns.size(); ++column)
            if (plan_.columns[column].action == ColumnAction::Field) plan_.columns[column].kind_column = find_kinds(column);
        plan_times(plan_, keys_, source_, records_);
        plan_done(plan_, keys_, source_);
        plan_name();
        plan_outcome();
        plan_.of_calls = is_of_calls();
        plan_match();
    }

private:
    template <typename Attempt>
    void each_open(Attempt attempt) {
        for (std::uint32_t column = 0; column < plan_.columns.size(); ++column)
            if (!settled_[column]) settled_[column] = attempt(column);
    }

    bool is_activity() const { return plan_.object == standard_object::task || plan_.object == standard_object::event; }
    const ColumnProfile& profile(std::uint32_t column) const { return source_.columns()[column]; }

    bool is_taken(const ColumnPlan& wanted) const {
        return std::any_of(plan_.columns.begin(), plan_.columns.end(), [&](const ColumnPlan& other) { return is_same_target(other, wanted); });
    }

    // Takes a target that is free. `only`: of the objects that a lookup may point to, the one that the header names.
    bool take(std::uint32_t column, std::string_view target, const char* reason, bool is_suggestion = false, ObjectIndex only = no_object) {
        if (profile(column).filled == 0 && !takes_empty_) return false;
        // Users and contacts are named by their address as often as by their name.
        if (profile(column).type == FieldType::Email && target.ends_with(".Name")) target.remove_suffix(5);
        ColumnPlan wanted;
        if (!read_target(wanted, target, profile(column), object_, records_) || (about_ != no_object && !is_about(wanted))) return false;
        if (only != no_object) std::erase_if(wanted.matches, [&](const LookupMatch& match) { return match.object != only; });
        // What names its object goes first: "Account ID" and "Deal ID" rather than a "What ID" beside them.
        const bool is_general = is_activity() && wanted.action == ColumnAction::Lookup && wanted.matches.size() > 1;
        if (is_taken(wanted) || (is_general && (!general_lookups_ || profile(column).filled == 0))) return false;
        // A time of day alone is no date; words are none, either ("15 minutes before").
        const FieldType type = object_.field(wanted.field).type;
        const bool is_date = wanted.action == ColumnAction::Field && (type == FieldType::Date || type == FieldType::DateTime);
        const bool is_reminder = is_date && wanted.field == (plan_.object == standard_object::task ? task_field::reminder : event_field::reminder);
        if (is_date && (profile(column).is_time || (is_activity() && is_reminder && says_words(profile(column))))) return false;
        // An amount is no percentage, whatever its column is called: "Discount" of an invoice.
        if (wanted.action == ColumnAction::Field && object_.field(wanted.field).type == FieldType::Percent && !profile(column).currencies.empty()) return false;
        if (wanted.action == ColumnAction::Field && plan_.object != standard_object::forecasting_quota && fits_nothing(profile(column), object_.field(wanted.field))) {
            plan_.columns[column].reason_key = "import.mapped.misfit";
            plan_.columns[column].reason_arguments = {object_.field(wanted.field).label};
            return false;
        }
        if (is_suggestion && !is_of_kind(profile(column), object_.field(wanted.field))) return false;
        // "Oslo, Norway" is more than a country.
        if (is_suggestion && target.ends_with("Country") && std::ranges::any_of(profile(column).samples, [](const std::string& one) { return one.contains(','); })) return false;
        if (wanted.action == ColumnAction::Lookup && names_strangers(wanted, column)) {
            strangers_.emplace_back(column, std::move(wanted));
            plan_.columns[column].reason_key = "import.mapped.strangers";
            plan_.columns[column].reason_arguments = {profile(column).header};
            return true;
        }
        wanted.is_suggestion = is_suggestion || (about_ != no_object && takes_shared_);
        wanted.reason_key = wanted.is_suggestion ? "import.mapped.alike" : reason;
        wanted.reason_arguments = {profile(column).header};
        plan_.columns[column] = std::move(wanted);
        return true;
    }

    // Another system's ids of records that never came here: nothing could be found by them, and every row would be refused.
    bool names_strangers(const ColumnPlan& lookup, std::uint32_t column) const {
        const ColumnProfile& values = profile(column);
        const bool says_id = keys_[column].ends_with("id");
        const auto is_foreign_id = [&](const std::string& text) {
            if (says_id && text.find_first_of("0123456789") != std::string::npos && text.find(' ') == std::string::npos) return true;
            const bool letters = std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'); });
            return letters && (text.size() == 15 || text.size() == 18) && text[0] >= '0' && text[0] <= '9';
        };
        if (values.samples.empty() || !std::all_of(values.samples.begin(), values.samples.end(), is_foreign_id)) return false;
        return std::ranges::none_of(lookup.matches, [&](const LookupMatch& match) { return count_hits(records_, match, values.samples) > 0; });
    }

    bool try_api_name(std::uint32_t column) {
        const std::string& header = profile(column).header;
        if (equals_ignoring_ascii_case(header, "Id")) return try_id(column);
        // Salesforce has the start of an event twice: as an instant, and as its day.
        if (plan_.object == standard_object::event && keys_[column] == "activitydatetime") return take(column, "StartDateTime", "import.mapped.api_name");
        return take(column, header, "import.mapped.api_name");
    }

    bool try_labels(std::uint32_t column, const std::string& key) {
        for (std::size_t i = 0; i < labels_.size(); ++i) {
            const bool same = std::find(labels_[i].begin(), labels_[i].end(), key) != labels_[i].end();
            if (same && take(column, object_.fields[i].name, "import.mapped.label")) return true;
        }
        return false;
    }

    // "Phone 1 - Label" of "Phone 1 - Value".
    std::optional<std::uint32_t> find_kinds(std::uint32_t column) const {
        const std::string& key = keys_[column];
        if (!key.starts_with("phone") || !key.ends_with("value")) return std::nullopt;
        const std::string stem = key.substr(0, key.size() - 5);
        const auto beside = std::ranges::find_if(keys_, [&](const std::string& other) { return other == stem + "label" || other == stem + "type"; });
        if (beside == keys_.end() || profile(static_cast<std::uint32_t>(beside - keys_.begin())).filled == 0) return std::nullopt;
        return static_cast<std::uint32_t>(beside - keys_.begin());
    }

    // Google says beside each number of which kind it is: where nearly all rows say the same, that is the column's name.
    bool try_labelled(std::uint32_t column) {
        const auto beside = find_kinds(column);
        if (!beside) return false;
        const ColumnProfile& kinds = profile(*beside);
        if (!kinds.values_complete || kinds.values.empty() || kinds.values[0].count * std::uint64_t{10} < std::max(kinds.filled, profile(column).filled) * std::uint64_t{9}) return false;
        std::string kind = fold_key(kinds.values[0].value);
        if (!kind.ends_with("fax")) kind += "phone";
        return try_labels(column, kind) || try_aliases(column, kind);
    }

    bool try_aliases(std::uint32_t column, const std::string& key) {
        for (const auto& [target, is_doubtful] : find_header_aliases(object_.name, key)) {
            if (target == "-" && about_ == no_object) {
                plan_.columns[column].reason_key = "import.mapped.derived";
                return true;
            }
            if (take(column, target, "import.mapped.alias", is_doubtful)) return true;
        }
        if (plan_.object == standard_object::task && key.find("duration") != std::string::npos && take(column, "CallDurationInSeconds", "import.mapped.alias")) return true;
        return try_lookup_object(column, key) || try_own_kind(column, key);
    }

    // "Parent Account ID", "Supervisor ID": what names a record of the same kind may do so by its id.
    bool try_own_kind(std::uint32_t column, std::string_view key) {
        if (!key.ends_with("id")) return false;
        for (const auto& [target, is_doubtful] : find_header_aliases(object_.name, key.substr(0, key.size() - 2))) {
            const Field* lookup = object_.find_relationship(target.substr(0, target.find('.')));
            if (lookup && lookup->reference_to == std::vector{plan_.object} && take(column, lookup->name, "import.mapped.alias", is_doubtful)) return true;
        }
        return false;
    }

    // "Site" for a lookup to Site__c; "Account", "Associated Company", "Deal ID" for one that may point to accounts and opportunities.
    bool try_lookup_object(std::uint32_t column, std::string key) {
        if (key.ends_with("owner") || key.ends_with("ownername")) return !other_object(key) && take(column, "Owner.Name", "import.mapped.alias");
        for (const std::string_view word : {"primary", "associated", "related"})
            if (key.starts_with(word)) key.erase(0, word.size());
        for (const Field& field : object_.fields) {
            if (field.deleted || field.hidden || !field.is_lookup() || !field.writable()) continue;
            for (const ObjectIndex to : field.reference_to) {
                if (!records_.schema().has_object(to)) continue;
                const Object& target = records_.schema().object(to);
                // "Contact ID" among contacts is their own, not that of the one they report to.
                // A group of people or companies is none of users.
                const bool by_object = to != plan_.object && to != standard_object::group && names_object(key, target);
                const bool same = by_object || key == fold_key(field.relationship_name) || key == fold_key(field.label) + "name";
                if (same && take(column, field.name, "import.mapped.alias", false, by_object ? to : no_object)) return true;
            }
        }
        return false;
    }

    // The object of which a header speaks by its first word, when the rows are of another kind.
    const Prefix* other_object(std::string_view key) const {
        if (key.starts_with(fold_key(object_.label)) || key.starts_with(fold_key(object_.name))) return nullptr;
        const auto found = std::ranges::find_if(prefixes, [&](const Prefix& prefix) { return key.starts_with(prefix.word) && key.size() > prefix.word.size(); });
        return found == std::end(prefixes) || is_akin(found->object, plan_.object) ? nullptr : found;
    }

    // Whether a field may hold what is said of the object that the header names first: one that points to it; of a person what
    // the company has as well, and surely so where the contact that a lead becomes hasn't. A "Company City" is none of the
    // person's where others give that.
    bool is_about(const ColumnPlan& wanted) const {
        const Schema& schema = records_.schema();
        const Field& field = object_.field(wanted.field);
        if (field.is_lookup() && std::ranges::find(field.reference_to, about_) != field.reference_to.end()) return true;
        if (about_ != standard_object::account || !is_akin(plan_.object, standard_object::contact) || wanted.action == ColumnAction::FullName) return false;
        if (plan_.object == standard_object::lead && field.index == lead_field::company) return true;
        const bool is_address = !field.compound.empty(), is_email = field.type == FieldType::Email;
        if (!is_address && !is_email && !schema.object(about_).find_field(field.name)) return false;
        if (!is_address && !is_email && !schema.object(standard_object::contact).find_field(field.name)) return true;
        return takes_shared_ && std::ranges::none_of(plan_.columns, [&](const ColumnPlan& other) {
            return is_address && other.action == ColumnAction::Field && !other.is_suggestion && object_.field(other.field).compound == field.compound;
        });
    }

    // "opportunity_stage", "Deal - Value", "Account: Industry".
    bool try_without_prefix(std::uint32_t column) {
        const std::string& key = keys_[column];
        const auto attempt = [&](std::string_view prefix) {
            if (!key.starts_with(prefix) || key.size() <= prefix.size() + 2) return false;
            const std::string rest = key.substr(prefix.size());
            if (prefix == "call" && rest == "type") return false;   // inbound or outbound
            if (prefix == "user" && rest == "name") return false;   // what a person signs in with
            return try_labels(column, rest) || try_aliases(column, rest);
        };
        const Prefix* other = other_object(key);
        about_ = other ? other->object : no_object;
        bool found = attempt(fold_key(object_.label)) || attempt(fold_key(object_.name));
        for (const Prefix& prefix : prefixes) found = found || attempt(prefix.word);
        about_ = no_object;
        return found;
    }

    // "List Price (EUR)"
    bool try_without_currency(std::uint32_t column) {
        const std::string& key = keys_[column];
        const FieldType type = profile(column).type;
        if (type != FieldType::Number && type != FieldType::Currency) return false;
        for (const std::string_view code : {"usd", "eur", "gbp", "cny", "rmb", "jpy", "chf", "元"}) {
            if (!key.ends_with(code)) continue;
            const std::string stem = key.substr(0, key.size() - code.size());
            return try_labels(column, stem) || try_aliases(column, stem);
        }
        return false;
    }

    // A header that comes near a label, and values that are of the field's kind.
    bool try_alike(std::uint32_t column) {
        const std::string& key = keys_[column];
        const Prefix* other = other_object(key);
        if (key.size() < 4 || profile(column).filled == 0 || (other && !takes_shared_)) return false;
        about_ = other ? other->object : no_object;
        bool found = false;
        for (std::size_t i = 0; i < labels_.size() && !found; ++i) {
            const Field& field = object_.fields[i];
            // A record's number is none of its names.
            if (field.deleted || field.hidden || !field.writable() || (field.is_lookup() && (key.ends_with("number") || key.ends_with("no")))) continue;
            found = resembles(profile(column).header, key, labels_[i].front()) && take(column, field.name, "import.mapped.alike", true);
        }
        about_ = no_object;
        return found;
    }

    // Numbers of lines identify nothing: those of another list would overwrite the first.
    bool leave_line_numbers(std::uint32_t column) {
        const auto is_kept = [&](const Field& field) { return !field.deleted && !field.external_id && fold_key(field.label) == keys_[column]; };
        if (!profile(column).is_line_number || std::ranges::any_of(object_.fields, is_kept)) return false;
        plan_.columns[column].reason_key = "import.mapped.line_number";
        return true;
    }

    // Ids of our own records update those; ids of another system are kept in a field of their own.
    bool try_id(std::uint32_t column) {
        const ColumnProfile& values = profile(column);
        const std::string& key = keys_[column];
        const bool is_own_id = says_own_id(key, object_);
        if (is_own_id) {
            const LookupMatch by_id{plan_.object, system_field::id};
            for (const std::string& sample : values.samples)
                if (!find_named(records_, by_id, sample).empty()) return take(column, "Id", "import.mapped.own_id");
        }
        if (!(is_own_id || values.is_id) || values.filled == 0) return false;
        // The field that an earlier import made for them.
        const auto holds_one = [&](const Field& field) {
            return is_own_id && std::ranges::any_of(values.samples, [&](const std::string& id) { return !other_id_form(id).empty() && !find_named(records_, {plan_.object, field.index}, id).empty(); });
        };
        for (const bool by_name : {true, false})
            for (const Field& field : object_.fields)
                if (!field.deleted && field.external_id && (by_name ? fold_key(field.label) == key || field.label == values.header : holds_one(field)) && take(column, field.name, "import.mapped.label")) return true;
        ColumnPlan& wanted = plan_.columns[column];
        // Proposed, and only made when the person or the options ask for it.
        wanted.action = ColumnAction::Skip;
        wanted.new_field = design_field(values, FieldType::Text, object_);
        wanted.reason_key = "import.mapped.foreign_id";
        wanted.reason_arguments = {values.header};
        return true;
    }

    // The field that an earlier import made for such a column. It must not tell the records apart: several may point to one.
    void take_made(std::uint32_t column) {
        const std::string key = fold_key(profile(column).header);
        for (const Field& field : object_.fields)
            if (!field.deleted && number(field.index) >= field_first_custom && !field.external_id && fold_key(field.label) == key && take(column, field.name, "import.mapped.label")) return;
    }

    // What names strangers may name rows of this very file: "ParentId" beside "Id".
    void link_own_rows() {
        for (std::uint32_t column = 0; column < plan_.columns.size(); ++column) {   // "Self__c", whose header says nothing of ids
            ColumnPlan& lookup = plan_.columns[column];
            const auto names_one = [&](const LookupMatch& match) { return count_hits(records_, match, profile(column).samples) > 0; };
            if (lookup.action != ColumnAction::Lookup || std::ranges::any_of(lookup.matches, names_one) || !find_own_ids(lookup, profile(column), source_, object_)) continue;
            strangers_.emplace_back(column, std::exchange(lookup, {}));
        }
        for (auto& [column, lookup] : strangers_) {
            lookup.own_ids = find_own_ids(lookup, profile(column), source_, object_);
            if (!lookup.own_ids || is_taken(lookup)) {
                take_made(column);
                continue;
            }
            const ColumnPlan& ids = plan_.columns[*lookup.own_ids];
            if (ids.action == ColumnAction::Field) lookup.matches = {{object_.index, ids.field}};
            lookup.reason_key = "import.mapped.own_rows";
            lookup.reason_arguments = {source_.headers()[*lookup.own_ids]};
            plan_.columns[column] = std::move(lookup);
        }
    }

    void finish(std::uint32_t column) {
        ColumnPlan& wanted = plan_.columns[column];
        const ColumnProfile& values = profile(column);
        if (wanted.reason_key.empty()) wanted.reason_key = names_auto_number(column) ? "import.mapped.derived" : "import.mapped.none";
        const bool typed = wanted.action == ColumnAction::Field && !object_.field(wanted.field).is_text();
        for (const std::string& marker : values.unset_markers)
            if (typed || wanted.action == ColumnAction::Lookup || is_sure_marker(marker)) wanted.unset_markers.push_back(marker);
        keep_names(wanted, plan_, source_, column, object_);
        if (wanted.action == ColumnAction::Lookup && keys_[column].ends_with("id")) wanted.unset_markers.emplace_back("0");
        if (wanted.action == ColumnAction::Field && object_.field(wanted.field).type == FieldType::Percent)
            wanted.is_fraction_of_one = values_are_fractions(values);
    }

    bool names_auto_number(std::uint32_t column) const {
        return std::ranges::any_of(object_.fields, [&](const Field& field) {
            return field.type == FieldType::AutoNumber && !field.deleted && (fold_key(field.label) == keys_[column] || equals_ignoring_ascii_case(field.name, profile(column).header));
        });
    }

    // Columns about calls alone, one of them filled throughout; tasks of all kinds beside calls have a type, or most have none of it.
    bool is_of_calls() const {
        ColumnPlan type;
        type.action = ColumnAction::Field;
        type.field = task_field::type;
        if (plan_.object != standard_object::task || is_taken(type)) return false;
        std::uint32_t named = 0, most = 0;
        for (std::uint32_t column = 0; column < keys_.size(); ++column) {
            const ColumnPlan& one = plan_.columns[column];
            const bool is_of_call = one.action == ColumnAction::Field && (one.field == task_field::call_type || one.field == task_field::call_duration);
            if (!is_of_call && !keys_[column].starts_with("call")) continue;
            ++named;
            most = std::max(most, profile(column).filled);
        }
        return named > 1 && std::uint64_t{most} * 10 >= std::uint64_t{source_.row_count()} * 9;
    }

    // Odoo calls the amount what is worked out elsewhere; calls and meetings begin, where tasks are due; "Closed" may be a
    // day or a flag, and a user is called as in other systems where nothing gives the name.
    void plan_second_choices() {
        struct Choice { ObjectIndex object; std::string_view key, target; };
        constexpr Choice choices[] = {{standard_object::opportunity, "expectedrevenue", "Amount"}, {standard_object::task, "datestart", "ActivityDate"},
                                      {standard_object::task, "startdate", "ActivityDate"}, {standard_object::task, "starttime", "ActivityDate"},
                                      {standard_object::opportunity, "closed", "CloseDate"}, {standard_object::opportunity, "dealstatus", "StageName"},
                                      {standard_object::user, "username", "Name"}};
        const auto is_amount = [&](const ColumnPlan& one) { return one.reason_key == "import.mapped.misfit" && one.reason_arguments[0] == object_.field(opportunity_field::amount).label; };
        const auto is_last_name = [](const ColumnPlan& one) { return one.action == ColumnAction::Field && one.field == user_field::last_name; };
        for (const Choice& choice : choices)
            for (std::uint32_t column = 0; column < plan_.columns.size() && plan_.object == choice.object; ++column)
                if (keys_[column] == choice.key && profile(column).filled > 0 && (choice.key != "closed" || is_of_kind(profile(column), *object_.find_field(choice.target))) &&
                    (choice.key != "expectedrevenue" || std::ranges::none_of(plan_.columns, is_amount)) && (choice.key != "username" || std::ranges::none_of(plan_.columns, is_last_name)))
                    take(column, choice.target, "import.mapped.alias");
        // An account's number names it where accounts of such numbers are here.
        for (std::uint32_t column = 0; column < plan_.columns.size(); ++column)
            if ((keys_[column] == "accountnumber" || keys_[column] == "accountno") && plan_.columns[column].action == ColumnAction::Skip && object_.find_relationship("Account") &&
                count_hits(records_, {standard_object::account, account_field::account_number}, profile(column).samples) > 0)
                take(column, "Account.AccountNumber", "import.mapped.alias");
    }

    // Where no column gives the name: the lookups that say what an opportunity is about, else the id.
    void plan_name() {
        const Field& name = object_.field(object_.name_field);
        if (name.calculated || !name.required || !name.writable() || name.column_kind() != ColumnKind::Text) return;
        for (const ColumnPlan& column : plan_.columns)
            if (column.action == ColumnAction::Field && column.field == name.index) return;
        for (const FieldIndex part : {opportunity_field::account, opportunity_field::product}) {
            if (plan_.object != standard_object::opportunity) break;
            for (std::uint32_t column = 0; column < plan_.columns.size(); ++column)
                if (plan_.columns[column].action == ColumnAction::Lookup && plan_.columns[column].field == part &&
                    profile(column).type != FieldType::Url)
                    plan_.name_columns.push_back(column);
        }
        if (!plan_.name_columns.empty()) return;
        for (std::uint32_t column = 0; column < plan_.columns.size(); ++column) {
            if (!profile(column).is_id) continue;
            plan_.name_columns.push_back(column);
            return;
        }
        for (std::uint32_t column = 0; column < plan_.columns.size() && plan_.name_columns.empty(); ++column)
            if (!profile(column).is_line_number) plan_.name_columns.push_back(column);
    }

    // A stage says how far an opportunity came; in some systems another column says how it ended, or a flag whether it is won.
    void plan_outcome() {
        std::optional<std::uint32_t> found;
        for (std::uint32_t column = 0; column < plan_.columns.size() && plan_.object == standard_object::opportunity; ++column) {
            const ColumnProfile& values = profile(column);
            if (plan_.columns[column].action != ColumnAction::Skip || !values.values_complete) continue;
            const bool says_end = std::ranges::any_of(values.values, [](const ValueCount& one) { return read_outcome(one.value).has_value(); });
            const bool is_flag = keys_[column] == "won" && values.type == FieldType::Checkbox;
            if ((names_outcome(keys_[column]) && says_end) || (is_flag && !found)) found = column;
            if (found == column && says_end) break;
        }
        if (!found || (keys_[*found] != "won" && take(*found, "StageName", "import.mapped.alias"))) return;
        ColumnPlan stage;
        stage.action = ColumnAction::Field;
        stage.field = opportunity_field::stage;
        if (!is_taken(stage)) return;
        plan_.outcome_column = found;
        plan_.columns[*found].reason_key = "import.mapped.outcome";
        plan_.columns[*found].reason_arguments = {profile(*found).header};
    }

    // An id or external id among the columns: a second import updates.
    void plan_match() {
        for (std::uint32_t column = 0; column < plan_.columns.size(); ++column) {
            const ColumnPlan& mapped = plan_.columns[column];
            if (mapped.action != ColumnAction::Field) continue;
            const Field& field = object_.field(mapped.field);
            if (field.type == FieldType::Id || field.external_id) plan_.match_column = column;
        }
    }

    ImportPlan& plan_;
    const ImportSource& source_;
    const Records& records_;
    const Object& object_;
    std::vector<std::string> keys_;                  // of the headers
    std::vector<std::vector<std::string>> labels_;   // of the fields: keys of their labels in each language; none: not offered
    bool general_lookups_ = false, takes_empty_ = true, takes_shared_ = false;   // their turn has come
    ObjectIndex about_ = no_object;                  // which the header names, while what follows is looked at
    std::vector<std::pair<std::uint32_t, ColumnPlan>> strangers_;   // lookups that name nothing that is here
    std::vector<bool> settled_ = std::vector<bool>(source_.columns().size());
};

}  // namespace

ImportPlan make_import_plan(const ImportSource& source, const Records& records, ObjectIndex object) {
    ImportPlan plan;
    plan.object = object;
    plan.date_order = source.date_order().order;
    plan.columns.resize(source.column_count());
    Mapper(plan, source, records).map_all();
    return plan;
}

}  // namespace outpost
