#include "tests/sim/random_commands.h"

#include <algorithm>

#include "core/conversion/convert_lead.h"
#include "core/conversion/merge.h"
#include "core/objects/standard.h"

namespace outpost::testing {
namespace {

template <typename T>
std::size_t index_of_command() {
    return Command(T{}).index();
}

// Enough of what a new record must have.
std::vector<FieldValue> required_fields(ObjectIndex object, const std::string& name) {
    if (object == standard_object::lead) return {{lead_field::last_name, name}, {lead_field::company, name + " GmbH"}};
    if (object == standard_object::contact) return {{contact_field::last_name, name}};
    if (object == standard_object::user) return {{user_field::last_name, name}};
    if (object == standard_object::opportunity)
        return {{system_field::name, name}, {opportunity_field::stage, std::string("Prospecting")}, {opportunity_field::close_date, DateValue{20'000}}};
    return {{system_field::name, name}};
}

}  // namespace

void set_sales_handlers(Editor& editor) {
    editor.set_handler(index_of_command<ConvertLead>(), [](Transaction& transaction, const Command& command) {
        return convert_lead(transaction, std::get<ConvertLead>(command));
    });
    editor.set_handler(index_of_command<MergeRecords>(), [](Transaction& transaction, const Command& command) {
        return merge_records(transaction, std::get<MergeRecords>(command));
    });
}

std::string RandomCommands::text(std::string_view prefix) {
    static constexpr std::string_view tails[] = {"", " Ünlü", " 北京", " 🚀", " \"quoted\", and more"};
    return std::string(prefix) + std::to_string(random_.below(50)) + std::string(tails[random_.below(std::size(tails))]);
}

ObjectIndex RandomCommands::some_object(const Records& records) {
    static constexpr ObjectIndex common[] = {standard_object::lead, standard_object::account, standard_object::contact,
                                             standard_object::opportunity, standard_object::task};
    if (random_.below(5) != 0) return common[random_.below(std::size(common))];
    const std::vector<ObjectIndex> all = records.schema().objects();
    const ObjectIndex object = all[random_.below(all.size())];
    const bool own = object == standard_object::user || object == standard_object::organization;
    return own ? standard_object::account : object;
}

RecordRef RandomCommands::some_record(const Records& records, ObjectIndex object, RowState state) {
    const Table& table = records.table(object);
    for (int attempt = 0; attempt < 8 && table.row_count() > 0; ++attempt) {
        const auto row = static_cast<RowIndex>(random_.below(table.row_count()));
        if (table.state(row) == state) return {object, row};
    }
    return {};
}

std::vector<RowIndex> RandomCommands::some_rows(const Records& records, ObjectIndex object) {
    std::vector<RowIndex> rows;
    const Table& table = records.table(object);
    for (RowIndex row = 0; row < table.row_count(); ++row)
        if (table.is_live(row) && random_.below(3) == 0) rows.push_back(row);
    return rows;
}

Value RandomCommands::some_value(const Field& field, const Records& records) {
    if (!field.required && random_.below(6) == 0) return {};
    switch (field.type) {
        case FieldType::Checkbox: return random_.below(2) == 0;
        case FieldType::Number:
        case FieldType::Currency:
        case FieldType::Percent: return Decimal{static_cast<std::int64_t>(random_.below(99)), 0};
        case FieldType::Date: return DateValue{static_cast<Days>(18'000 + random_.below(4'000))};
        case FieldType::DateTime: return InstantValue{static_cast<Milliseconds>(1'700'000'000'000 + random_.below(1'000'000'000))};
        case FieldType::Picklist: {
            const std::vector<std::uint16_t> codes = field.codes_in_order(true);
            return codes.empty() ? Value() : Value(field.values[codes[random_.below(codes.size())] - 1u].value);
        }
        case FieldType::Email: return "a" + std::to_string(random_.below(100)) + "@example.test";
        case FieldType::Url: return std::string("https://example.test/") + std::to_string(random_.below(100));
        case FieldType::Lookup:
        case FieldType::MasterDetail: {
            const ObjectIndex target = field.reference_to[random_.below(field.reference_to.size())];
            const RecordRef found = some_record(records, target);
            return found ? Value(found) : Value();
        }
        case FieldType::Text:
        case FieldType::TextArea:
        case FieldType::LongTextArea:
        case FieldType::Phone: return text("v");
        default: return {};
    }
}

std::vector<FieldValue> RandomCommands::some_fields(const Records& records, ObjectIndex object, std::size_t count_max) {
    const Object& definition = records.schema().object(object);
    std::vector<FieldValue> out;
    for (std::size_t i = 1 + random_.below(count_max); i > 0; --i) {
        const Field& field = definition.fields[random_.below(definition.fields.size())];
        const bool taken = std::ranges::any_of(out, [&](const FieldValue& value) { return value.field == field.index; });
        if (field.deleted || !field.writable() || field.hidden || taken) continue;
        out.push_back({field.index, some_value(field, records)});
    }
    return out;
}

Result<CommandOutcome> RandomCommands::create(Editor& editor, const Records& records) {
    const ObjectIndex object = some_object(records);
    std::vector<FieldValue> fields = required_fields(object, text("New "));
    for (FieldValue& extra : some_fields(records, object, 4)) {
        const bool taken = std::ranges::any_of(fields, [&](const FieldValue& value) { return value.field == extra.field; });
        if (!taken) fields.push_back(std::move(extra));
    }
    return editor.execute(CreateRecord{object, std::move(fields)});
}

Result<CommandOutcome> RandomCommands::import(Editor& editor) {
    const auto count = static_cast<std::uint32_t>(1 + random_.below(60));
    Column names{ColumnKind::Text}, employees{ColumnKind::Decimal};
    for (std::uint32_t i = 0; i < count; ++i) {
        names.mutable_texts().push_back(text("Imported "));
        employees.mutable_int64().push_back(static_cast<std::int64_t>(random_.below(5'000)));
    }
    return editor.run("edit.import", {}, EditOrigin::Import, [&](Transaction& transaction) -> Result<CommandOutcome> {
        OUTPOST_TRY(const RowIndex first, transaction.create_many(standard_object::account, count,
            {{system_field::name, names}, {account_field::number_of_employees, employees}}));
        // A later step that fails takes the records back too.
        if (random_.below(8) == 0) return fail(ErrorCode::Cancelled, "error.cancelled");
        CommandOutcome outcome;
        outcome.created.push_back({standard_object::account, first});
        return outcome;
    });
}

Result<CommandOutcome> RandomCommands::define(Editor& editor, const Records& records) {
    const std::string name = std::to_string(++names_) + "x" + std::to_string(random_.below(1000));
    const std::string object = records.schema().object(some_object(records)).name;
    std::string json;
    switch (random_.below(6)) {
        case 0:
            json = R"({"command": "DefineObject", "object": "Site_)" + name + R"(__c", "label": "Site", "pluralLabel": "Sites"})";
            break;
        case 1:
            json = R"({"command": "DefineField", "object": ")" + object + R"(", "field": "Region_)" + name +
                   R"(__c", "label": "Region", "type": "Picklist", "values": [{"value": "North"}, {"value": "South"}]})";
            break;
        case 2:
            json = R"({"command": "DefineField", "object": ")" + object + R"(", "field": "Size_)" + name +
                   R"(__c", "label": "Size", "type": "Number", "precision": 10, "scale": 2})";
            break;
        case 3:
            json = R"({"command": "DefineField", "object": ")" + object + R"(", "field": "Parent_)" + name +
                   R"(__c", "label": "Parent", "type": "Lookup", "referenceTo": "Account", "relationshipName": "Parent_)" + name + R"("})";
            break;
        case 4:
            json = R"({"command": "UpdateField", "object": "Lead", "field": "LeadSource", "label": "Source )" + name + R"("})";
            break;
        default: {
            // A custom field goes away; its values stay in the journal.
            for (const ObjectIndex index : records.schema().objects())
                for (const Field& field : records.schema().object(index).fields)
                    if (!field.standard && !field.deleted && !field.name.empty() && !field.system && number(field.index) >= field_first_custom)
                        return editor.execute(DeleteField{index, field.index});
            json = R"({"command": "DefineField", "object": "Account", "field": "Note_)" + name + R"(__c", "label": "Note", "type": "Text", "length": 80})";
        }
    }
    return editor.execute_json(*parse_json(json));
}

Result<CommandOutcome> RandomCommands::convert(Editor& editor, const Records& records) {
    const RecordRef lead = some_record(records, standard_object::lead);
    if (!lead) return create(editor, records);
    ConvertLead command;
    command.lead = lead;
    if (random_.below(2) == 0) command.account = some_record(records, standard_object::account);
    command.opportunity_choice = random_.below(2) == 0 ? ConvertLead::OpportunityChoice::New : ConvertLead::OpportunityChoice::None;
    return editor.execute(command);
}

bool RandomCommands::perform(Editor& editor, const Records& records) {
    switch (random_.below(10)) {
        case 0: return editor.execute(Undo{}).has_value();
        case 1: return editor.execute(Redo{}).has_value();
        default: return perform_forward(editor, records);
    }
}

bool RandomCommands::perform_forward(Editor& editor, const Records& records) {
    const ObjectIndex object = some_object(records);
    const std::vector<RowIndex> rows = some_rows(records, object);
    switch (random_.below(12)) {
        case 0:
        case 1:
        case 2: return create(editor, records).has_value();
        case 3: return import(editor).has_value();
        case 4: return define(editor, records).has_value();
        case 5: return convert(editor, records).has_value();
        case 6: return !rows.empty() && editor.execute(UpdateRecords{object, rows, some_fields(records, object, 2)}).has_value();
        case 7: return !rows.empty() && editor.execute(DeleteRecords{object, {rows[0]}}).has_value();
        case 8: {
            RecordRef deleted = some_record(records, object, RowState::Deleted);
            if (!deleted) deleted = some_record(records, object, RowState::Removed);
            return deleted && editor.execute(RestoreRecords{object, {deleted.row}}).has_value();
        }
        case 9: {
            if (rows.size() < 3) return create(editor, records).has_value();
            return editor.execute(MergeRecords{object, {object, rows[0]}, {{object, rows[1]}}, {}}).has_value();
        }
        default: {
            const RecordRef record = some_record(records, object);
            return record && editor.execute(UpdateRecord{record, some_fields(records, object, 4)}).has_value();
        }
    }
}

}  // namespace outpost::testing
