// Duplicates over generated people: the same person written differently must be found, look-alikes must not; the index
// answers as one built anew after any edits.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/text.h"
#include "core/matching/duplicates.h"
#include "core/objects/standard.h"
#include "tests/support/edit_fixture.h"
#include "tests/support/query_records.h"

using namespace outpost;
using test::Dice;

namespace {

constexpr const char* first_names[] = {"Anna", "Peter", "Robert", "William", "Katherine", "Michael", "Elizabeth", "Thomas", "Stephanie", "Daniel", "Claudia", "Giovanni", "Zoë", "José", "Ingrid",
                                       "Sebastian", "Margaret", "Andrew", "Charlotte", "Benjamin", "Richard", "Ludmila", "Yusuf", "Priya", "Oliver", "Francesca", "Gregory", "Heinrich", "Natalie", "Vincent"};
constexpr const char* nicknames[][2] = {{"Robert", "Bob"}, {"William", "Bill"}, {"Katherine", "Kate"}, {"Michael", "Mike"}, {"Elizabeth", "Liz"}, {"Thomas", "Tom"},
                                        {"Margaret", "Peggy"}, {"Andrew", "Andy"}, {"Benjamin", "Ben"}, {"Richard", "Dick"}, {"Gregory", "Greg"}, {"Heinrich", "Heinz"}};
constexpr const char* last_names[] = {"Müller", "Schneider", "Fischer", "O'Brien", "Hernández", "Kowalski", "Andersson", "Johnson", "Williams", "Nakamura", "Petrov", "Rossi", "van der Berg", "Lindqvist", "Fitzgerald",
                                      "Robinson", "Thompson", "Schwarz", "Hoffmann", "Bergström", "Campbell", "Mitchell", "Gonzalez", "Leclerc", "Moreau", "Novak", "Zimmermann", "Patel", "Whitfield", "Castellano"};
constexpr const char* surnames[] = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴"};
constexpr const char* given_names[] = {"伟", "芳", "娜", "秀英", "小明", "建国", "丽华", "志强", "晓东", "雪梅", "俊杰", "文博"};
constexpr const char* company_words[] = {"Meridian", "Quartz", "Harbor", "Nordlicht", "Summit", "Bluebird", "Ironwood", "Cascade", "Vertex", "Lakeside", "Granite", "Aurora"};
constexpr const char* company_trades[] = {"Robotics", "Foods", "Logistics", "Software", "Textiles", "Instruments", "Energy", "Packaging"};
constexpr const char* company_forms[] = {"", " GmbH", " Inc.", ", Ltd", " AG", " S.A.", " LLC"};
constexpr const char* chinese_companies[] = {"北京华兴科技", "深圳星辰电子", "上海远大贸易", "杭州云帆网络", "广州南方机械"};
constexpr const char* job_titles[] = {"CEO", "Head of Sales", "Buyer", "Engineer", "Accountant", "IT Manager"};

std::string digits(Dice& dice, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += static_cast<char>('0' + dice.below(10));
    return text;
}

// A person of a made-up world; several at each company.
DuplicateCandidate some_person(Dice& dice, std::uint32_t number) {
    DuplicateCandidate person;
    person.object = standard_object::lead;
    const std::uint32_t company = number / 6;   // six people share it
    if (dice.one_in(5)) {
        person.last_name = dice.pick(surnames);
        person.first_name = dice.pick(given_names);
        person.company = std::string(chinese_companies[company % 5]) + std::to_string(company) + (dice.one_in(2) ? "有限公司" : "");
        person.mobile_phone = "+86 13" + digits(dice, 9);
    } else {
        person.first_name = dice.pick(first_names);
        person.last_name = dice.pick(last_names);
        person.company = std::string(company_words[company % 12]) + " " + company_trades[company / 12 % 8] + " " + std::to_string(company) + dice.pick(company_forms);
        person.phone = "+49 30 " + digits(dice, 8);
    }
    if (!dice.one_in(4)) person.email = "p" + std::to_string(number) + (dice.one_in(3) ? "@gmail.com" : "@company" + std::to_string(company) + ".example");
    if (!dice.one_in(3)) person.title = dice.pick(job_titles);
    person.street = "Hauptstraße " + std::to_string(1 + company % 90);
    person.city = company % 2 ? "Berlin" : "Hamburg";
    return person;
}

// One slip of the keyboard behind the first letter of an ASCII part.
std::string mistyped(Dice& dice, std::string text) {
    if (text.size() < 5) return text;
    const std::size_t at = 1 + dice.below(static_cast<std::uint32_t>(text.size()) - 2);
    if (static_cast<unsigned char>(text[at]) >= 0x80 || static_cast<unsigned char>(text[at + 1]) >= 0x80) return text;
    switch (dice.below(4)) {
        case 0: std::swap(text[at], text[at + 1]); break;
        case 1: text.erase(at, 1); break;
        case 2: text.insert(at, 1, text[at]); break;
        default: text[at] = static_cast<char>('a' + dice.below(26)); break;
    }
    return text;
}

std::string restyled_phone(Dice& dice, std::string_view phone) {
    std::string all;
    for (const char c : phone)
        if (c >= '0' && c <= '9') all += c;
    if (all.empty()) return all;
    const std::string national = all.substr(2);
    switch (dice.below(3)) {
        case 0: return "0" + national.substr(0, 2) + "/" + national.substr(2);
        case 1: return "00" + all;
        default: return "+" + all.substr(0, 2) + " (0)" + national.substr(0, 3) + "-" + national.substr(3);
    }
}

std::string other_form(Dice& dice, std::string company) {
    if (has_cjk(company)) return company.ends_with("有限公司") ? company.substr(0, company.size() - 12) : company + "有限公司";
    for (const char* form : company_forms)
        if (*form && company.ends_with(form)) company.resize(company.size() - std::string_view(form).size());
    if (dice.one_in(3))
        for (char& c : company) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    return company + dice.pick(company_forms);
}

// The same person as somebody else would have typed it: less of it, and otherwise.
DuplicateCandidate typed_again(Dice& dice, DuplicateCandidate person) {
    const bool chinese = has_cjk(person.last_name);
    person.company = other_form(dice, person.company);
    person.phone = restyled_phone(dice, person.phone);
    person.mobile_phone = restyled_phone(dice, person.mobile_phone);
    for (char& c : person.email)
        if (dice.one_in(3) && c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    // Something of what identifies stays.
    switch (dice.below(4)) {
        case 0: person.email.clear(); break;
        case 1: if (!person.email.empty()) { person.phone.clear(); person.mobile_phone.clear(); } break;
        case 2: person.title.clear(); break;
        default: break;
    }
    if (dice.one_in(3)) person.street.clear();
    switch (dice.below(chinese ? 2 : 6)) {
        case 0: if (dice.one_in(2)) std::swap(person.first_name, person.last_name); break;
        case 1: person.last_name = chinese ? person.last_name + person.first_name : person.first_name + " " + person.last_name; person.first_name.clear(); break;
        case 2: person.first_name = mistyped(dice, person.first_name); break;
        case 3: person.last_name = mistyped(dice, person.last_name); break;
        case 4:
            for (const auto& [full, nickname] : nicknames)
                if (person.first_name == full) person.first_name = nickname;
            break;
        default: person.first_name = person.first_name.substr(0, 1) + "."; break;
    }
    return person;
}

// Somebody else who has much in common with this one; no candidate when nothing could tell them apart.
DuplicateCandidate look_alike(Dice& dice, DuplicateCandidate person) {
    const bool chinese = has_cjk(person.last_name);
    const std::string own_first = person.first_name;
    const std::string own_phone = "+49 40 " + digits(dice, 8);
    const auto change_first = [&] {
        while (person.first_name.substr(0, 3) == own_first.substr(0, 3)) person.first_name = chinese ? dice.pick(given_names) : dice.pick(first_names);
    };
    switch (dice.below(5)) {
        case 0:   // a colleague or relative of the same name by the same switchboard
            change_first();
            person.email = "x" + person.email;
            break;
        case 1:   // a namesake elsewhere
            person.company = "Elsewhere " + digits(dice, 3) + " Partners";
            person.email = person.email.empty() ? "" : "namesake" + digits(dice, 6) + "@elsewhere.example";
            person.phone = person.mobile_phone = own_phone;
            person.street = "Seitenweg 1";
            break;
        case 2:   // a colleague of another name, with the same title and address
            change_first();
            person.last_name = chinese ? "孙" : "Oberhauser";
            person.email = "x" + person.email;
            break;
        case 3:   // Daniel and Daniela share a phone
            if (chinese || own_first.ends_with('a') || own_first.ends_with('e')) return {};
            person.first_name += "a";
            person.email.clear();
            break;
        default:  // a namesake at the same company, with an e-mail and a phone of their own
            if (person.email.empty()) return {};
            person.email = "x" + person.email;
            person.phone = own_phone;
            person.mobile_phone.clear();
            person.title = "Warehouse Clerk";
            break;
    }
    return person;
}

// Leads and contacts, by turns; a contact's company is an account.
std::vector<RecordRef> store(Records& records, const std::vector<DuplicateCandidate>& people) {
    using namespace standard_object;
    std::vector<RecordRef> stored;
    const auto count = static_cast<std::uint32_t>(people.size());
    test::add_rows(records, lead, count / 2);
    test::add_rows(records, contact, count / 2);
    test::add_rows(records, account, count / 2);
    for (std::uint32_t i = 0; i < count / 2 * 2; ++i) {
        const DuplicateCandidate& person = people[i];
        const RowIndex row = i / 2;
        const bool is_lead = i % 2 == 0;
        const ObjectIndex object = is_lead ? lead : contact;
        const auto set = [&](FieldIndex of_lead, FieldIndex of_contact, const std::string& text) {
            if (!text.empty()) test::set(records, object, row, is_lead ? of_lead : of_contact, text);
        };
        namespace l = lead_field;
        namespace c = contact_field;
        set(l::first_name, c::first_name, person.first_name);
        set(l::last_name, c::last_name, person.last_name);
        set(l::title, c::title, person.title);
        set(l::email, c::email, person.email);
        set(l::phone, c::phone, person.phone);
        set(l::mobile_phone, c::mobile_phone, person.mobile_phone);
        set(l::street, c::mailing_street, person.street);
        set(l::city, c::mailing_city, person.city);
        if (is_lead) {
            test::set(records, lead, row, l::company, person.company);
        } else {
            test::set(records, account, row, system_field::name, person.company);
            test::set(records, contact, row, c::account, RecordRef{account, row});
        }
        stored.push_back({object, row});
    }
    return stored;
}

std::string told(const DuplicateCandidate& person) {
    return person.first_name + "|" + person.last_name + "|" + person.company + "|" + person.title + "|" + person.email + "|" + person.phone + "|" + person.mobile_phone + "|" + person.street;
}

}  // namespace

TEST_CASE("duplicates property: the same person is found however typed, look-alikes are not") {
    Dice dice(20);
    Records records;
    std::vector<DuplicateCandidate> people;
    for (std::uint32_t i = 0; i < 3000; ++i) people.push_back(some_person(dice, i));
    const std::vector<RecordRef> stored = store(records, people);
    std::string examples;
    int right = 0, missed = 0, wrong = 0, unlike_by_index = 0, look_alikes = 0;
    for (std::size_t i = 0; i < stored.size(); ++i) {
        const DuplicateCandidate again = typed_again(dice, people[i]);
        bool found = false;
        for (const Duplicate& duplicate : find_duplicates(again, records, 20)) {
            found = found || duplicate.record == stored[i];
            wrong += duplicate.record != stored[i];
        }
        right += found;
        missed += !found;
        if (!found && missed <= 12) examples += "missed: " + told(people[i]) + " typed " + told(again) + "\n";
        if (i % 25 == 0) unlike_by_index += find_duplicates(again, records, 20) != find_duplicates_by_scan(again, records, 20);
        const DuplicateCandidate other = look_alike(dice, people[i]);
        if (other.last_name.empty()) continue;
        ++look_alikes;
        for (const Duplicate& duplicate : find_duplicates(other, records, 20)) {
            if (++wrong <= 12) examples += "wrong: " + told(other) + " for " + told(candidate_of(records, duplicate.record)) + "\n";
        }
    }
    const double recall = 100.0 * right / (right + missed), precision = 100.0 * right / (right + wrong);
    std::printf("duplicates: recall %.2f %% of %d, precision %.2f %% (%d wrong, %d look-alikes among the questions), %d of %d differ from a scan\n", recall, right + missed, precision, wrong,
                look_alikes, unlike_by_index, static_cast<int>(stored.size() / 25));
    INFO(examples);
    CHECK(recall >= 95);
    CHECK(precision >= 95);
    CHECK(unlike_by_index <= 2);
}

TEST_CASE("duplicates property: after random edits the index answers as one built anew") {
    using namespace standard_object;
    Dice dice(7);
    testing::EditFixture f;
    for (const std::string name : {"Lead", "Contact", "Account"})
        REQUIRE(f.run(R"({"command":"DefineField","object":")" + name + R"(","field":"Code__c","label":"Code","type":"Text","length":20})"));
    const auto code_of = [&](ObjectIndex object) { return f.records.schema().object(object).find_field("Code__c")->index; };
    constexpr const char* rules[] = {R"("AppliesTo":"People","ComparedFields":"Code__c")", R"("AppliesTo":"Accounts","ComparedFields":"Code__c;Industry")",
                                     R"("AppliesTo":"People","ComparedFields":"Code__c","Comparisons":"Last Name")", R"("AppliesTo":"People","Comparisons":"Similar Last Name")"};
    constexpr const char* codes[] = {"", "1", "2", "A-1", "a1"};
    constexpr const char* emails[] = {"a@x.example", "B@x.example", "c@gmail.com", "", ""};
    constexpr const char* companies[] = {"Acme", "Acme Foods", "ACME GmbH", "Quartz"};
    const auto some_fields = [&](ObjectIndex object) -> std::vector<FieldValue> {
        if (object == account) return {{system_field::name, std::string(dice.pick(companies))}, {account_field::industry, std::string(dice.one_in(2) ? "Energy" : "")}, {code_of(object), std::string(dice.pick(codes))}};
        const bool is_lead = object == lead;
        std::vector<FieldValue> fields{{is_lead ? lead_field::last_name : contact_field::last_name, std::string(last_names[dice.below(4)])},
                                       {is_lead ? lead_field::first_name : contact_field::first_name, std::string(first_names[dice.below(4)])},
                                       {is_lead ? lead_field::email : contact_field::email, std::string(dice.pick(emails))},
                                       {code_of(object), std::string(dice.pick(codes))}};
        if (is_lead) fields.push_back({lead_field::company, std::string(dice.pick(companies))});
        else if (f.records.table(account).live_count() > 0 && f.records.table(account).is_live(0)) fields.push_back({contact_field::account, RecordRef{account, 0}});
        return fields;
    };
    int by_rule = 0;
    for (int step = 0; step < 600; ++step) {
        const ObjectIndex object = dice.one_in(8) ? account : dice.one_in(2) ? lead : contact;
        const RowIndex rows = f.records.table(object).row_count(), row = rows == 0 ? 0 : dice.below(rows);
        const bool live = f.records.table(object).is_live(row);
        // Refused ones among them change nothing.
        if (dice.one_in(10)) (void)f.editor.execute(Undo{});
        else if (dice.one_in(12)) (void)f.editor.execute(Redo{});
        else if (dice.one_in(30)) (void)f.run(R"({"command":"CreateRecord","object":"DuplicateRule","fields":{"Name":"R",)" + std::string(dice.pick(rules)) + "}}");
        else if (live && dice.one_in(8)) (void)f.editor.execute(DeleteRecords{object, {row}});
        else if (live && dice.one_in(2)) (void)f.editor.execute(UpdateRecord{{object, row}, some_fields(object)});
        else (void)f.editor.execute(CreateRecord{object, some_fields(object), true});
        if (f.records.table(object).row_count() == 0) continue;
        const DuplicateCandidate candidate = candidate_of(f.records, {object, dice.below(f.records.table(object).row_count())});
        if (dice.one_in(3)) (void)refresh_duplicate_index(f.records, lead, 1 + dice.below(20));   // edits come between slices too
        if (dice.one_in(2)) continue;
        const std::vector<Duplicate> kept_up = find_duplicates(candidate, f.records, 50);
        const std::shared_ptr<void> cache = std::exchange(f.records.query_cache(), nullptr);
        const std::vector<Duplicate> anew = find_duplicates(candidate, f.records, 50);
        f.records.query_cache() = cache;
        REQUIRE(kept_up == anew);
        // What an admin's rule says of all records, its keys lead to.
        const std::vector<Duplicate> all = find_duplicates(candidate, f.records, 5000);
        for (const Duplicate& duplicate : find_duplicates_by_scan(candidate, f.records, 5000)) {
            by_rule += duplicate.rule ? 1 : 0;
            if (duplicate.rule) REQUIRE(std::ranges::find(all, duplicate) != all.end());
        }
    }
    CHECK(by_rule > 100);
}
