// The JSON options of an import, as the scripting contract fixes them, applied to a plan.
#include <algorithm>

#include "core/base/text.h"
#include "core/transfer/import_plan.h"
#include "core/transfer/import_targets.h"

namespace outpost {

namespace {

std::unexpected<Error> bad_option(std::string_view option, std::string_view value) {
    return fail(ErrorCode::InvalidArgument, "import.bad_option", {std::string(option), std::string(value)});
}

Result<std::uint32_t> find_header(const ImportSource& source, std::string_view header) {
    const std::vector<std::string>& headers = source.headers();
    for (std::uint32_t column = 0; column < headers.size(); ++column)
        if (headers[column] == header) return column;
    const std::string key = fold_key(header);
    for (std::uint32_t column = 0; column < headers.size(); ++column)
        if (fold_key(headers[column]) == key) return column;
    std::string known;
    for (const std::string& one : headers) known += (known.empty() ? "" : ", ") + one;
    return fail(ErrorCode::InvalidArgument, "import.unknown_header", {std::string(header), known});
}

Status read_create_missing(CreateMissing& missing, const Json& option) {
    if (option.is_bool() || option.is_null()) {
        missing.picklist_values = missing.fields = missing.records = option.boolean();
        return {};
    }
    std::vector<std::string> words;
    if (option.is_string()) words.push_back(option.text());
    for (const Json& item : option.items()) words.push_back(item.text());
    for (const Json::Member& member : option.members())
        if (member.second.boolean()) words.push_back(member.first);
    for (const std::string& word : words) {
        const std::string key = fold_key(word);
        if (key == "picklistvalues" || key == "picklist" || key == "values" || key == "picklists") missing.picklist_values = true;
        else if (key == "fields") missing.fields = true;
        else if (key == "records" || key == "lookups") missing.records = true;
        else if (key == "all") missing.picklist_values = missing.fields = missing.records = true;
        else return bad_option("createMissing", word);
    }
    return {};
}

// Takes the target from any other column that has it.
void free_target(ImportPlan& plan, std::uint32_t keep) {
    const ColumnPlan& kept = plan.columns[keep];
    for (std::uint32_t column = 0; column < plan.columns.size(); ++column) {
        ColumnPlan& other = plan.columns[column];
        if (column == keep || !is_same_target(other, kept)) continue;
        other = ColumnPlan{};
        other.reason_key = "import.mapped.none";
        if (plan.match_column == column) plan.match_column.reset();
    }
}

Status apply_map(ImportPlan& plan, const Json& map, const ImportSource& source, const Records& records) {
    if (!map.is_object()) return bad_option("map", map.dump());
    // Two passes, so that an earlier wish is not undone by freeing targets for a later one.
    std::vector<std::uint32_t> wished;
    for (const Json::Member& member : map.members()) {
        OUTPOST_TRY(const std::uint32_t column, find_header(source, member.first));
        const std::string target = member.second.is_string() ? std::string(trim(member.second.text())) : std::string();
        Status status = set_column_target(plan, column, target, source, records);
        if (!status) {
            const bool custom = target.ends_with("__c") && target.find('.') == std::string::npos;
            if (!custom || !plan.create_missing.fields) return status;
            const FieldType type = source.columns()[column].type;
            set_new_field(plan, column, type, source, records);
            plan.columns[column].new_field->name = target;
        }
        if (plan.columns[column].action != ColumnAction::Skip && plan.columns[column].action != ColumnAction::NewField) {
            free_target(plan, column);
            for (const std::uint32_t earlier : wished)
                if (earlier != column && plan.columns[earlier].action == ColumnAction::Skip)
                    return fail(ErrorCode::InvalidArgument, "import.target_twice", {target});
        }
        if (plan.columns[column].action != ColumnAction::Skip) wished.push_back(column);
    }
    return {};
}

Status apply_external_id(ImportPlan& plan, std::string_view name, const ImportSource& source, const Records& records) {
    const Object& object = records.schema().object(plan.object);
    for (std::uint32_t column = 0; column < plan.columns.size(); ++column) {
        const ColumnPlan& mapped = plan.columns[column];
        const bool in_field = (mapped.action == ColumnAction::Field || mapped.action == ColumnAction::FullName) && equals_ignoring_ascii_case(object.field(mapped.field).name, name);
        const bool in_new = mapped.action == ColumnAction::NewField && equals_ignoring_ascii_case(mapped.new_field->name, name);
        if (!in_field && !in_new) continue;
        plan.match_column = column;
        return {};
    }
    auto column = find_header(source, name);
    if (!column) {
        if (object.find_field(name)) return fail(ErrorCode::InvalidArgument, "import.external_id_unmapped", {std::string(name)});
        return fail(std::move(column).error());
    }
    if (plan.columns[*column].action == ColumnAction::Skip || plan.columns[*column].action == ColumnAction::Lookup) {
        set_new_field(plan, *column, FieldType::Text, source, records);
        make_external_id(*plan.columns[*column].new_field, source.columns()[*column]);
    }
    plan.match_column = *column;
    return {};
}

Status apply_values(ImportPlan& plan, const Json& values, const ImportSource& source) {
    if (!values.is_object()) return bad_option("values", values.dump());
    for (const Json::Member& of_column : values.members()) {
        OUTPOST_TRY(const std::uint32_t column, find_header(source, of_column.first));
        if (!of_column.second.is_object()) return bad_option("values", of_column.first);
        for (const Json::Member& member : of_column.second.members()) {
            ValueChoice choice{source.headers()[column], member.first, ValueChoice::Kind::Use, {}};
            if (member.second.is_null()) choice.kind = ValueChoice::Kind::Empty;
            else if (member.second.is_string()) choice.use = member.second.text();
            else if (member.second.boolean()) choice.kind = ValueChoice::Kind::Create;
            else choice.kind = ValueChoice::Kind::Reject;
            plan.choices.push_back(std::move(choice));
        }
    }
    return {};
}

Result<DateOrder> read_date_order(std::string_view text) {
    if (equals_ignoring_ascii_case(text, "dmy")) return DateOrder::DayFirst;
    if (equals_ignoring_ascii_case(text, "mdy")) return DateOrder::MonthFirst;
    if (equals_ignoring_ascii_case(text, "ymd")) return DateOrder::YearFirst;
    return bad_option("dateOrder", text);
}

}  // namespace

Result<ImportSourceOptions> source_options_from_json(const Json& options) {
    ImportSourceOptions out;
    out.encoding = options.text_or("encoding", "");
    const std::string_view delimiter = options.text_or("delimiter", "");
    if (equals_ignoring_ascii_case(delimiter, "tab") || delimiter == "\\t") out.delimiter = '\t';
    else if (delimiter.size() == 1 && delimiter != "\"" && delimiter != "\n" && delimiter != "\r") out.delimiter = delimiter[0];
    else if (!delimiter.empty()) return bad_option("delimiter", delimiter);
    if (const std::string_view sign = options.text_or("decimalSign", ""); !sign.empty()) {
        if (sign != "." && sign != ",") return bad_option("decimalSign", sign);
        out.decimal_sign = sign[0];
    }
    if (const std::string_view order = options.text_or("dateOrder", ""); !order.empty()) {
        OUTPOST_TRY(out.date_order, read_date_order(order));
    }
    if (const Json* header = options.find("header"); header && !header->is_null()) {
        if (!header->is_bool()) return bad_option("header", header->dump());
        out.has_header = header->boolean();
    }
    return out;
}

Status apply_import_options(ImportPlan& plan, const Json& options, const ImportSource& source, const Records& records) {
    plan.route = options.boolean_or("route", plan.route);
    if (const Json* missing = options.find("createMissing")) OUTPOST_CHECK(read_create_missing(plan.create_missing, *missing));
    plan.create_missing.leave_empty = options.boolean_or("leaveUnknownEmpty", false);
    // Who asks for all that is missing to be made wants no near-doubles of what is there.
    plan.accept_suggestions = options.boolean_or("acceptSuggestions", plan.create_missing.records);
    if (const std::string_view order = options.text_or("dateOrder", ""); !order.empty()) {
        OUTPOST_TRY(plan.date_order, read_date_order(order));
    }
    if (const Json* map = options.find("map"); map && !map->is_null()) OUTPOST_CHECK(apply_map(plan, *map, source, records));
    if (plan.create_missing.fields) {
        for (std::uint32_t column = 0; column < plan.columns.size(); ++column) {
            const ColumnPlan& mapped = plan.columns[column];
            const bool wanted = mapped.action == ColumnAction::Skip && source.columns()[column].filled > 0 &&
                                (mapped.reason_key == "import.mapped.none" || mapped.reason_key == "import.mapped.foreign_id" || mapped.reason_key == "import.mapped.strangers" || mapped.reason_key == "import.mapped.misfit");
            if (wanted) set_new_field(plan, column, source.columns()[column].is_id ? FieldType::Text : source.columns()[column].type, source, records);
        }
    }
    if (const std::string_view external = options.text_or("externalId", ""); !external.empty())
        OUTPOST_CHECK(apply_external_id(plan, external, source, records));
    if (const Json* values = options.find("values"); values && !values->is_null()) OUTPOST_CHECK(apply_values(plan, *values, source));
    return {};
}

}  // namespace outpost
