#include "core/transfer/import_targets.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/edit/derived.h"
#include "core/objects/picklist_text.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

Error unknown_target(std::string_view target, const Object& object) {
    return Error{ErrorCode::InvalidField, "import.unknown_target", {std::string(target), object.name}, object.name, std::string(target)};
}

bool can_name_record(const Field& field) {
    return !field.deleted && !field.hidden && (field.is_text() || field.type == FieldType::Id || field.type == FieldType::AutoNumber || field.is_number());
}

// Fields by which a record may be named, the likeliest first.
std::vector<FieldIndex> naming_fields(const Object& target, const ColumnProfile& profile) {
    std::vector<FieldIndex> fields;
    const auto add = [&fields](FieldIndex field) {
        if (std::find(fields.begin(), fields.end(), field) == fields.end()) fields.push_back(field);
    };
    const std::string key = fold_key(profile.header);
    const bool says_id = key.ends_with("id");
    const auto add_external_ids = [&] {
        for (const Field& field : target.fields)
            if (!field.deleted && field.external_id && can_name_record(field)) add(field.index);
    };
    if (says_id) add_external_ids();
    if (profile.type == FieldType::Email)
        for (const Field& field : target.fields)
            if (!field.deleted && field.type == FieldType::Email) add(field.index);
    const bool says_domain = key.find("domain") != std::string::npos || key.find("website") != std::string::npos;
    if (profile.type == FieldType::Url || says_domain)
        for (const Field& field : target.fields)
            if (!field.deleted && field.type == FieldType::Url) add(field.index);
    add(target.name_field);
    add(system_field::id);
    add_external_ids();
    for (const Field& field : target.fields)
        if (!field.deleted && field.unique && can_name_record(field)) add(field.index);
    return fields;
}

// "ORACLE_ID__C" is a custom field's API name already.
std::string_view without_suffix(std::string_view header) {
    const bool is_api_name = header.size() > 3 && equals_ignoring_ascii_case(header.substr(header.size() - 3), "__c");
    return is_api_name ? header.substr(0, header.size() - 3) : header;
}

std::string title_words(std::string_view header) {
    const bool plain = std::none_of(header.begin(), header.end(), [](char c) { return c == ' ' || (c >= 'A' && c <= 'Z'); });
    if (!plain) return std::string(header);
    std::string label;
    bool word_begins = true;
    for (char c : header) {
        if (c == '_' || c == '-') {
            label += ' ';
            word_begins = true;
            continue;
        }
        label += word_begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
        word_begins = false;
    }
    if (label.ends_with(" Id")) label.back() = 'D';
    return label;
}

std::string api_name(std::string_view label, const Object& object) {
    std::string stem;
    for (char c : fold_search(label).size() == label.size() ? std::string(label) : fold_search(label)) {
        const bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (word) stem += c;
        else if (!stem.empty() && stem.back() != '_') stem += '_';
        if (stem.size() >= 36) break;
    }
    while (!stem.empty() && stem.back() == '_') stem.pop_back();
    if (stem.empty()) stem = "Field";
    if (stem[0] >= '0' && stem[0] <= '9') stem = "X" + stem;
    std::string name = stem + "__c";
    for (int copy = 2; object.find_field(name) != nullptr; ++copy) name = stem + "_" + std::to_string(copy) + "__c";
    return name;
}

}  // namespace

bool names_object(std::string_view key, const Object& object) {
    const auto is_label = [&](std::string_view label) {
        if (!key.starts_with(label)) return false;
        const std::string_view rest = key.substr(label.size());
        return rest.empty() || rest == "id" || rest == "name" || rest == "title" || rest == "person";
    };
    if (object.index == standard_object::opportunity && (is_label("deal") || is_label("potential"))) return true;
    return is_label(fold_key(object.label)) || (object.index == standard_object::account && (is_label("company") || is_label("organization")));
}

static bool is_alphanumeric(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'); });
}

bool is_person_name(const Object& object, const Field& field) {
    return field.index == system_field::name && person_name_fields(object.index).first != no_field;
}

std::string other_id_form(std::string_view text) {
    constexpr std::size_t groups = 3, group_size = 5, short_size = groups * group_size, long_size = short_size + groups;
    if ((text.size() != short_size && text.size() != long_size) || !is_alphanumeric(text)) return {};
    std::string checksum;
    for (std::size_t group = 0; group < groups; ++group) {
        std::size_t uppercase = 0;
        for (std::size_t i = 0; i < group_size; ++i) {
            const char c = text[group * group_size + i];
            if (c >= 'A' && c <= 'Z') uppercase |= std::size_t{1} << i;
        }
        checksum += "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[uppercase];
    }
    if (text.size() == short_size) return std::string(text) + checksum;
    return text.ends_with(checksum) ? std::string(text.substr(0, short_size)) : std::string();
}

// Three characters for the object, three for the server, then a number that begins with zeros; in any case a mixture of
// digits and letters that no name is.
bool looks_like_salesforce_id(std::string_view text) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if ((text.size() != 15 && text.size() != 18) || !is_alphanumeric(text) || std::ranges::none_of(text.substr(0, 3), is_digit)) return false;
    int changes = 0;
    for (std::size_t i = 1; i < text.size(); ++i) changes += is_digit(text[i]) != is_digit(text[i - 1]);
    return text.substr(6, 2) == "00" || changes > 2;
}

std::vector<RowIndex> find_named(const Records& records, LookupMatch match, std::string_view text) {
    const Object& object = records.schema().object(match.object);
    if (match.field == system_field::id) {
        const auto id = parse_record_id(text);
        const auto record = id ? records.find(*id) : std::nullopt;
        if (!record || record->object != match.object || !records.table(match.object).is_live(record->row)) return {};
        return {record->row};
    }
    std::vector<RowIndex> rows = records.find_equal(match.object, match.field, text);
    if (rows.empty()) rows = records.find_equal(match.object, match.field, other_id_form(text));
    // What differs in case is another record where an id has no checksum.
    if (rows.empty() && !(text.size() == 15 && looks_like_salesforce_id(text))) rows = records.find_equal(match.object, match.field, text, Records::Match::ByField);
    if (rows.empty() && is_person_name(object, object.field(match.field))) {
        const auto [first, last] = split_person_name(text);
        rows = records.find_equal(match.object, match.field, compose_person_name(first, last), Records::Match::ByField);
    }
    if (!rows.empty() || object.field(match.field).type != FieldType::Url) return rows;
    const std::string_view host = host_of_url(text);
    const Table& table = records.table(match.object);
    const Column& column = table.column(match.field);
    for (RowIndex row = 0; row < table.row_count() && !host.empty(); ++row)
        if (table.is_live(row) && equals_ignoring_ascii_case(host_of_url(column.text(row)), host)) rows.push_back(row);
    return rows;
}

std::size_t count_hits(const Records& records, LookupMatch match, const std::vector<std::string>& samples) {
    const auto is_there = [&](std::string_view part) { return !find_named(records, match, trim(part)).empty(); };
    return static_cast<std::size_t>(std::ranges::count_if(samples, [&](const std::string& sample) { return is_there(sample) || (sample.find(';') != std::string::npos && std::ranges::any_of(split(sample, ';'), is_there)); }));
}

std::vector<LookupMatch> choose_matches(const Field& lookup, const ColumnProfile& profile, const Records& records) {
    std::vector<LookupMatch> matches;
    for (const ObjectIndex target : lookup.reference_to) {
        if (!records.schema().has_object(target)) continue;
        const std::vector<FieldIndex> fields = naming_fields(records.schema().object(target), profile);
        LookupMatch best{target, fields[0]};
        std::size_t best_hits = 0;
        for (const FieldIndex field : fields) {
            const std::size_t hits = count_hits(records, {target, field}, profile.samples);
            if (hits <= best_hits) continue;
            best_hits = hits;
            best.field = field;
        }
        matches.push_back(best);
    }
    return matches;
}

Status read_target(ColumnPlan& plan, std::string_view target, const ColumnProfile& profile, const Object& object, const Records& records) {
    const std::size_t dot = target.find('.');
    const std::string_view head = target.substr(0, dot);
    const Field* field = object.find_field(head);
    if (!field || (dot != std::string_view::npos && !field->is_lookup())) {
        if (const Field* lookup = object.find_relationship(head)) field = lookup;
    }
    if (!field) return fail(unknown_target(target, object));
    plan.field = field->index;
    plan.matches.clear();
    plan.new_field.reset();
    if (dot != std::string_view::npos) {
        if (!field->is_lookup() || !field->writable()) return fail(unknown_target(target, object));
        for (const ObjectIndex to : field->reference_to) {
            const Object* parent = records.schema().has_object(to) ? &records.schema().object(to) : nullptr;
            const Field* named = parent ? parent->find_field(target.substr(dot + 1)) : nullptr;
            if (named && can_name_record(*named)) plan.matches.push_back({to, named->index});
        }
        if (plan.matches.empty()) return fail(unknown_target(target, object));
        plan.action = ColumnAction::Lookup;
        return {};
    }
    if (is_person_name(object, *field)) {
        plan.action = ColumnAction::FullName;
        return {};
    }
    if (field->type == FieldType::Id) {
        plan.action = ColumnAction::Field;
        return {};
    }
    if (!field->writable() || field->column_kind() == ColumnKind::None) return fail(unknown_target(target, object));
    plan.action = field->is_lookup() ? ColumnAction::Lookup : ColumnAction::Field;
    if (field->is_lookup()) plan.matches = choose_matches(*field, profile, records);
    return {};
}

std::vector<std::string> column_target_choices(const Records& records, ObjectIndex index) {
    std::vector<std::string> choices;
    const Object& object = records.schema().object(index);
    for (const Field& field : object.fields) {
        const bool person_name = field.index == system_field::name && person_name_fields(index).first != no_field;
        if (field.deleted || field.hidden || field.name.empty() || !(field.writable() || person_name) || (field.column_kind() == ColumnKind::None && !person_name)) continue;
        if (!field.is_lookup()) {
            choices.push_back(field.name);
            continue;
        }
        std::vector<std::string> paths;
        for (const ObjectIndex to : field.reference_to) {
            if (!records.schema().has_object(to)) continue;
            const Object& target = records.schema().object(to);
            for (const Field& named : target.fields) {
                const bool useful = named.index == target.name_field || named.type == FieldType::Id || named.type == FieldType::Email ||
                                    named.type == FieldType::Url || named.external_id || named.unique;
                if (named.deleted || named.hidden || !useful) continue;
                std::string path = field.relationship_name + "." + named.name;
                if (std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(std::move(path));
            }
        }
        choices.insert(choices.end(), paths.begin(), paths.end());
    }
    choices.emplace_back("Id");
    return choices;
}

Field design_field(const ColumnProfile& profile, FieldType type, const Object& object) {
    Field field;
    const std::string_view stem = without_suffix(profile.header);
    field.label = title_words(stem);
    if (profile.is_duration && type == FieldType::Number) field.label = std::string(trim(field.label.substr(0, field.label.find('(')))) + " (s)";
    field.name = api_name(stem.size() < profile.header.size() ? stem : std::string_view(field.label), object);
    field.type = type;
    field.length = type == FieldType::LongTextArea ? 32'000 : 255;
    field.precision = 18;
    if (type == FieldType::Currency) field.scale = std::max<std::uint8_t>(2, std::min<std::uint8_t>(profile.decimals, 8));
    if (type == FieldType::Number || type == FieldType::Percent) field.scale = std::min<std::uint8_t>(profile.decimals, 10);
    if (type == FieldType::Picklist || type == FieldType::MultiselectPicklist) {
        field.restricted = false;
        const auto add = [&](std::string_view text) {
            if (field.find_code(text) != 0 || !can_be_picklist_value(text)) return;
            PicklistValue listed;
            listed.value = text;
            listed.position = static_cast<std::uint16_t>(field.values.size());
            field.values.push_back(std::move(listed));
        };
        for (const ValueCount& value : profile.values) {
            if (type == FieldType::Picklist) add(value.value);
            else for (const std::string_view part : split(value.value, ';')) add(trim(part));
        }
    }
    if (profile.is_id) make_external_id(field, profile);
    return field;
}

void make_external_id(Field& field, const ColumnProfile& profile) {
    field.external_id = field.unique = true;
    // "0064x00000AbCdE", "recA7xQ2": such ids differ in case alone.
    field.case_sensitive = std::ranges::any_of(profile.samples, [](std::string_view id) {
        bool lower = false, upper = false, digit = false;
        for (const char c : id) {
            lower = lower || (c >= 'a' && c <= 'z');
            upper = upper || (c >= 'A' && c <= 'Z');
            digit = digit || (c >= '0' && c <= '9');
            if (c == ' ' || c == '@') return false;
        }
        return lower && upper && digit;
    });
}

void keep_names(ColumnPlan& plan, const ImportPlan& all, const ImportSource& source, std::uint32_t column, const Object& object) {
    const auto [first, last] = person_name_fields(object.index);
    const auto names = [&](const ColumnPlan& one) {
        return one.action == ColumnAction::FullName || (one.action == ColumnAction::Field && (one.field == first || one.field == last || one.field == object.name_field));
    };
    const auto is_word = [](std::string_view marker) { return std::ranges::all_of(marker, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }); };
    const auto is_name = [&](std::string_view marker) { return is_word(marker) && marker[0] <= 'Z' && std::ranges::all_of(marker.substr(1), [](char c) { return c >= 'a'; }); };
    const ColumnProfile& own = source.columns()[column];
    if (!names(plan)) return;
    const bool are_names = std::ranges::all_of(own.unset_markers, is_name);
    std::erase_if(plan.unset_markers, [&](const std::string& marker) {
        const auto is_in = [&](std::uint32_t other) { return std::ranges::find(source.columns()[other].unset_markers, marker) != source.columns()[other].unset_markers.end(); };
        bool is_elsewhere = false;
        for (std::uint32_t other = 0; other < source.column_count(); ++other)
            is_elsewhere = is_elsewhere || (other != column && is_in(other) && !(is_name(marker) && names(all.columns[other])));
        return is_word(marker) && !is_elsewhere && (own.unset < 2 || are_names);
    });
}

bool says_own_id(std::string_view key, const Object& object) {
    return key == "id" || key == "recordid" || key == "记录id" || key == fold_key(object.label) + "id" || key == fold_key(object.name) + "id";
}

std::optional<std::uint32_t> find_own_ids(const ColumnPlan& lookup, const ColumnProfile& values, const ImportSource& source, const Object& object) {
    if (std::ranges::find(lookup.matches, object.index, &LookupMatch::object) == lookup.matches.end()) return std::nullopt;
    const std::vector<std::string>& headers = source.headers();
    const auto found = std::ranges::find_if(headers, [&](const std::string& header) { return header != values.header && says_own_id(fold_key(header), object); });
    const auto ids = static_cast<std::uint32_t>(found - headers.begin());
    std::vector<std::string> wanted = values.samples;
    for (const std::string& sample : values.samples) wanted.push_back(other_id_form(sample));
    std::string scratch;
    for (std::uint32_t row = 0; row < source.row_count() && found != headers.end(); ++row)
        if (const std::string_view id = source.cell(row, ids, scratch); !id.empty() && std::ranges::find(wanted, id) != wanted.end()) return ids;
    return std::nullopt;
}

}  // namespace outpost
