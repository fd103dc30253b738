// Lead conversion over random leads, custom fields and existing records, held against the mapping written down here
// once more (Salesforce: "Lead Conversion Field Mapping").
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <map>

#include "core/base/text.h"
#include "tests/sim/random_commands.h"
#include "tests/support/edit_fixture.h"

using namespace outpost;
using namespace outpost::testing;

namespace {

struct Pair {
    const char* lead;
    const char* target;
};
constexpr Pair to_account[] = {
    {"Company", "Name"}, {"Phone", "Phone"}, {"Fax", "Fax"}, {"Website", "Website"}, {"Industry", "Industry"},
    {"AnnualRevenue", "AnnualRevenue"}, {"NumberOfEmployees", "NumberOfEmployees"}, {"Rating", "Rating"}, {"Street", "BillingStreet"},
    {"City", "BillingCity"}, {"State", "BillingState"}, {"PostalCode", "BillingPostalCode"}, {"Country", "BillingCountry"}};
constexpr Pair to_contact[] = {
    {"Salutation", "Salutation"}, {"FirstName", "FirstName"}, {"LastName", "LastName"}, {"Title", "Title"}, {"Email", "Email"},
    {"Phone", "Phone"}, {"MobilePhone", "MobilePhone"}, {"Fax", "Fax"}, {"LeadSource", "LeadSource"}, {"Description", "Description"},
    {"DoNotCall", "DoNotCall"}, {"HasOptedOutOfEmail", "HasOptedOutOfEmail"}, {"Street", "MailingStreet"}, {"City", "MailingCity"},
    {"State", "MailingState"}, {"PostalCode", "MailingPostalCode"}, {"Country", "MailingCountry"}};
constexpr Pair to_opportunity[] = {{"LeadSource", "LeadSource"}};

// What conversion itself decides, whatever the lead says.
bool is_decided_elsewhere(const Field& field, ObjectIndex object) {
    if (field.system || field.calculated || field.index == system_field::owner) return true;
    if (object == standard_object::contact) return field.index == contact_field::account;
    if (object == standard_object::opportunity)
        return field.index == opportunity_field::account || field.index == opportunity_field::contact || field.index == system_field::name ||
               field.index == opportunity_field::close_date;
    return false;
}

class Trial {
public:
    explicit Trial(std::uint64_t seed) : random_(seed) { set_sales_handlers(f.editor); }

    void run() {
        define_fields();
        map_fields();
        const RecordRef lead = f.make(R"({"command":"CreateRecord","object":"Lead","fields":{"LastName":"Li","Company":"Acme 公司"}})");
        REQUIRE(lead);
        fill(lead, 2);
        ConvertLead command;
        command.lead = lead;
        if (random_.below(2)) command.account = existing(R"({"command":"CreateRecord","object":"Account","fields":{"Name":"Old"}})");
        if (random_.below(2)) {
            command.contact = existing(R"({"command":"CreateRecord","object":"Contact","fields":{"LastName":"Old"}})");
            // A contact of another account is refused, which is another test's business.
            REQUIRE(f.editor.execute(UpdateRecord{command.contact, {{contact_field::account, command.account ? Value(command.account) : Value()}}}));
        }
        const std::uint64_t choice = random_.below(3);
        command.opportunity_choice = choice == 0 ? ConvertLead::OpportunityChoice::None : choice == 1 ? ConvertLead::OpportunityChoice::New : ConvertLead::OpportunityChoice::Existing;
        if (choice == 2) command.opportunity = existing(R"({"command":"CreateRecord","object":"Opportunity","fields":{"Name":"Old","CloseDate":"2027-01-01"}})");
        convert_and_check(command);
    }

private:
    // Custom fields of one name on several objects: of the same type, of others, shorter, with other picklist values.
    void define_fields() {
        static constexpr const char* types[] = {R"("Text","length":40)", R"("Text","length":3)", R"("Number","precision":8,"scale":2)",
                                                R"("Number","precision":8,"scale":0)", R"("Checkbox")", R"("Date")",
                                                R"("Picklist","values":[{"value":"A"},{"value":"B"}])", R"("Picklist","values":[{"value":"A"}])"};
        for (int i = 0; i < 6; ++i)
            for (const char* object : {"Lead", "Account", "Contact", "Opportunity"}) {
                if (object != std::string("Lead") && random_.below(3) == 0) continue;
                const std::size_t base = random_.below(4) * 2;
                const std::size_t type = random_.below(3) == 0 ? base : (static_cast<std::size_t>(i) % 4) * 2 + random_.below(2);
                f.run(R"({"command":"DefineField","object":")" + std::string(object) + R"(","field":"C)" + std::to_string(i) + R"(__c","type":)" + types[type] + "}");
            }
    }

    // Some fields of the lead are sent elsewhere, or nowhere; what doesn't fit is refused.
    void map_fields() {
        static constexpr const char* fields[] = {"C0__c", "C1__c", "C2__c", "C3__c", "C4__c", "C5__c", "Title", "Phone", "Description", "LeadSource", "Industry"};
        for (std::uint64_t tries = random_.below(12); tries > 0; --tries) {
            const std::string from = fields[random_.below(std::size(fields))], object = std::array{"Account", "Contact", "Opportunity"}[random_.below(3)];
            const std::string to = random_.below(5) == 0 ? "" : fields[random_.below(std::size(fields))];
            if (f.run(R"({"command":"UpdateField","object":"Lead","field":")" + from + R"(","convertsTo":{")" + object + R"(":")" + to + R"("}})")) {
                mapping_[{from, object}] = to;
                ++mapped_count;
            }
        }
    }

    Value some_value(const Field& field) {
        switch (field.type) {
            case FieldType::Checkbox: return true;
            case FieldType::Number:
            case FieldType::Currency: return Decimal{static_cast<std::int64_t>(1 + random_.below(9999)), field.scale};
            case FieldType::Percent: return Decimal{static_cast<std::int64_t>(1 + random_.below(99)), 0};
            case FieldType::Date: return DateValue{static_cast<Days>(20'000 + random_.below(900))};
            case FieldType::Picklist: return field.values.empty() ? Value() : Value(field.values[random_.below(field.values.size())].value);
            case FieldType::Email: return "x" + std::to_string(random_.below(99)) + "@example.test";
            case FieldType::Text:
            case FieldType::TextArea:
            case FieldType::LongTextArea:
            case FieldType::Phone:
            case FieldType::Url: return std::string("é") + std::to_string(random_.below(field.length < 8 ? 99 : 99'999));
            default: return {};
        }
    }

    // Sets about one of `one_in` of the record's fields.
    void fill(RecordRef record, std::uint64_t one_in) {
        std::vector<FieldValue> values;
        for (const Field& field : f.records.schema().object(record.object).fields) {
            const bool skip = field.deleted || field.name.empty() || !field.writable() || is_decided_elsewhere(field, record.object) || field.name_field;
            if (skip || field.name == "Status" || field.name == "StageName" || field.name == "IsConverted" || random_.below(one_in) != 0) continue;
            Value value = some_value(field);
            if (!is_null(value)) values.push_back({field.index, std::move(value)});
        }
        const auto done = f.editor.execute(UpdateRecord{record, values});
        REQUIRE_MESSAGE(done, (done ? "" : Messages(Language::English).error(done.error())));
    }

    RecordRef existing(std::string_view command) {
        const RecordRef record = f.make(command);
        REQUIRE(record);
        fill(record, 3);
        return record;
    }

    std::map<std::string, Value> values_of(RecordRef record) const {
        std::map<std::string, Value> values;
        if (!record) return values;
        for (const Field& field : f.records.schema().object(record.object).fields)
            if (!field.deleted && !field.name.empty()) values[field.name] = f.records.value(record, field.index);
        return values;
    }

    static bool is_unset(const Value& value) {
        const bool* flag = std::get_if<bool>(&value);
        return is_null(value) || (flag && !*flag);
    }

    // The lead's value as the target's field can hold it; null when it can't.
    static Value carried(const Value& value, const Field& from, const Field& to) {
        if (is_unset(value) || from.column_kind() != to.column_kind()) return {};
        if (const auto* number = std::get_if<Decimal>(&value)) {
            const auto fitted = rescale(*number, to.scale, Rounding::Refuse);
            return fitted ? Value(*fitted) : Value();
        }
        const auto* text = std::get_if<std::string>(&value);
        if (text && to.is_text() && count_code_points(*text) > to.length) return {};
        // A picklist value that the target lacked was added to it.
        if (text && to.is_picklist() && to.find_code(*text) == 0) return from.is_picklist() ? value : Value();
        return value;
    }

    void check_target(RecordRef target, bool is_new, std::span<const Pair> pairs, const std::map<std::string, Value>& lead, const std::map<std::string, Value>& before) {
        const Object& from = f.records.schema().object(standard_object::lead);
        const Object& to = f.records.schema().object(target.object);
        std::map<std::string, Value> wanted;
        const auto take = [&](const char* source, const char* destination) {
            const Field* a = from.find_field(source);
            const Field* b = to.find_field(destination);
            REQUIRE(a);
            if (!b) return;
            Value value = carried(lead.at(a->name), *a, *b);
            if (!is_null(value)) wanted.emplace(b->name, std::move(value));   // the first one fills it
        };
        const auto is_mapped = [&](const std::string& field) { return mapping_.contains({field, to.name}); };
        for (const auto& [source, destination] : mapping_)
            if (source.second == to.name && !destination.empty()) take(source.first.c_str(), destination.c_str());
        for (const Pair& pair : pairs)
            if (!is_mapped(pair.lead)) take(pair.lead, pair.target);
        for (int i = 0; i < 6; ++i) {
            const std::string name = "C" + std::to_string(i) + "__c";
            if (from.find_field(name) && !is_mapped(name)) take(name.c_str(), name.c_str());
        }
        const std::map<std::string, Value> after = values_of(target);
        for (const Field& field : to.fields) {
            if (field.deleted || field.name.empty() || is_decided_elsewhere(field, target.object)) continue;
            CAPTURE(to.name);
            CAPTURE(field.name);
            const bool had = !is_new && !is_unset(before.at(field.name));
            if (had) CHECK(after.at(field.name) == before.at(field.name));                       // nothing is overwritten
            else if (wanted.contains(field.name)) CHECK(after.at(field.name) == wanted.at(field.name));  // nothing is lost
            else if (!is_new) CHECK(after.at(field.name) == before.at(field.name));              // nothing else is touched
        }
    }

    // What was refused for want of room is really too much for a field.
    void clear_unfit(RecordRef lead, const std::string& name) {
        const Schema& schema = f.records.schema();
        const Field& source = *schema.object(standard_object::lead).find_field(name);
        const Value value = f.records.value(lead, source.index);
        bool found = false;
        for (const ObjectIndex object : {standard_object::account, standard_object::contact, standard_object::opportunity})
            for (const Field& field : schema.object(object).fields)
                found = found || (!field.deleted && field.column_kind() == source.column_kind() && is_null(carried(value, source, field)));
        REQUIRE(found);
        REQUIRE(f.editor.execute(UpdateRecord{lead, {{source.index, Value()}}}));
    }

    void convert_and_check(const ConvertLead& command) {
        const std::string before = dump_records(f.records);
        const auto lead = values_of(command.lead);
        const auto account = values_of(command.account), contact = values_of(command.contact), opportunity = values_of(command.opportunity);
        const auto outcome = f.editor.execute(command);
        if (!outcome && outcome.error().message_key == "error.convert.fit") {
            REQUIRE(first_difference(dump_records(f.records), before) == "");
            clear_unfit(command.lead, outcome.error().field);
            return convert_and_check(command);
        }
        REQUIRE_MESSAGE(outcome, (outcome ? "" : Messages(Language::English).error(outcome.error())));
        check_target(outcome->created[0], !command.account, to_account, lead, account);
        check_target(outcome->created[1], !command.contact, to_contact, lead, contact);
        if (outcome->created[2]) check_target(outcome->created[2], !command.opportunity, to_opportunity, lead, opportunity);
        CHECK(f.text(command.lead, "IsConverted") == "true");
        REQUIRE(check_derived(f.records) == "");
        const std::string after = dump_records(f.records);
        REQUIRE(f.run(R"({"command":"Undo"})"));
        REQUIRE(first_difference(dump_records(f.records), before) == "");
        REQUIRE(f.run(R"({"command":"Redo"})"));
        REQUIRE(first_difference(dump_records(f.records), after) == "");
    }

    EditFixture f;
    FakeRandom random_;
    std::map<std::pair<std::string, std::string>, std::string> mapping_;   // by field of the lead and object

public:
    static inline int mapped_count = 0;
};

}  // namespace

TEST_CASE("conversion property: no mapped field is lost, only empty ones are filled, one undo restores everything") {
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        CAPTURE(seed);
        Trial(seed).run();
    }
    CHECK(Trial::mapped_count > 100);
}
