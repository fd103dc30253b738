// The list page without a browser, by role and name: rows, sorting, filtering, editing in place, actions on many, and a
// hundred thousand rows.
#include <doctest/doctest.h>

#include <numeric>

#include "tests/ui/driver.h"
#include "ui/kit/title.h"
#include "ui/pages/field_view.h"
#include "ui/pages/list_columns.h"

using namespace outpost;
using outpost::testing::UiDriver;

namespace {

std::string create_account(UiDriver& ui, std::string_view name, std::string_view more = "") {
    return ui.data.create(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": ")" + std::string(name) + "\"" + std::string(more) + "}}");
}

std::string text_of(UiDriver& ui, const std::string& soql, std::string_view field) {
    const Json answer = ui.data.query(soql);
    const Json* records = answer.find("records");
    if (!records || records->items().empty()) return "<no record>";
    return std::string(records->items()[0].text_or(field, "<null>"));
}

std::int64_t count(UiDriver& ui, const std::string& object) {
    return ui.data.query("SELECT COUNT() FROM " + object).integer_or("totalSize", -1);
}

// The order of links in the table's rows.
std::vector<std::string> row_links(const UiDriver& ui) {
    std::vector<std::string> names;
    for (const SemanticsNode* node : ui.find_all(Role::Link))
        if (node->link.starts_with("#/r/")) names.push_back(node->name);
    return names;
}

const SemanticsNode* cell_with(const UiDriver& ui, std::string_view text) {
    for (const SemanticsNode* node : ui.find_all(Role::Cell))
        if (node->name == text) return node;
    return nullptr;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("ui list: a column is as wide as what stands in it, and a finger finds each row's menu") {
    const auto width_of_names = [](std::string_view name) {
        UiDriver ui(820, 1180, 1, true);
        ui.create("Account", R"("Name": ")" + std::string(name) + "\"");
        ui.go("#/o/Account");
        CHECK(ui.find(Role::Button, "More for " + std::string(name)));
        REQUIRE(ui.find(Role::ColumnHeader, "Account Name"));
        return ui.find(Role::ColumnHeader, "Account Name")->box.width;
    };
    CHECK(width_of_names("Acme") < 200);
    CHECK(width_of_names("Atlantic Precision Instruments of Rotterdam") > 280);
}

TEST_CASE("list page: an empty object says what to do") {
    UiDriver ui;
    ui.go("#/o/Account");
    CHECK(ui.shows("No accounts yet"));
    ui.click(Role::Button, "New account");
    CHECK(ui.find(Role::Heading, "New account"));
    CHECK(ui.unnamed() == "");
}

TEST_CASE("list page: header sorts, the address says so, and it is remembered") {
    UiDriver ui;
    for (const char* name : {"Beta", "Alpha", "Gamma"}) create_account(ui, name);
    ui.go("#/o/Account");
    CHECK(row_links(ui) == Names{"Alpha", "Beta", "Gamma"});
    ui.click(Role::Button, "Account Name");
    CHECK(row_links(ui) == Names{"Gamma", "Beta", "Alpha"});
    CHECK(ui.app.context().route().parameter("sort") == "-Name");
    ui.go("#/");
    ui.go("#/o/Account");
    CHECK(row_links(ui) == Names{"Gamma", "Beta", "Alpha"});
    CHECK(ui.unnamed() == "");
}

TEST_CASE("list page: the quick filter folds case and accents; filters can be cleared") {
    UiDriver ui;
    create_account(ui, "Zürich Werke");
    create_account(ui, "Acme");
    ui.go("#/o/Account");
    ui.type(Role::SearchField, "Filter Accounts", "ZURI");
    CHECK(row_links(ui) == Names{"Zürich Werke"});
    CHECK(ui.app.context().route().parameter("q") == "ZURI");
    ui.type(Role::SearchField, "Filter Accounts", "nothing like it");
    CHECK(ui.shows("No accounts match"));
    ui.click(Role::Button, "Clear filters");
    CHECK(row_links(ui).size() == 2);
    CHECK_FALSE(ui.find(Role::Button, "Clear"));
    ui.type(Role::SearchField, "Filter Accounts", "zuri");
    ui.click(Role::Button, "Clear");   // by its cross, and what comes next is typed into it
    CHECK(row_links(ui).size() == 2);
    REQUIRE(ui.focused());
    CHECK(ui.focused()->name == "Filter Accounts");
    ui.type(Role::SearchField, "Filter Accounts", "zuri");
    ui.cancel();
    CHECK(row_links(ui).size() == 2);
}

TEST_CASE("list page: before several are deleted it is told which go along") {
    UiDriver ui;
    const std::string sale = ui.create("Opportunity", R"("Name": "One", "StageName": "Qualification", "CloseDate": "2027-01-31")");
    ui.create("Opportunity", R"("Name": "Two", "StageName": "Qualification", "CloseDate": "2027-01-31")");
    ui.create("OpportunityContactRole", "\"OpportunityId\": \"" + sale + "\", \"ContactId\": \"" + ui.create("Contact", R"("LastName": "Li")") + "\"");
    ui.go("#/o/Opportunity");
    ui.click(Role::Checkbox, "Select all");
    ui.click(Role::Button, "Delete");
    REQUIRE(ui.find(Role::AlertDialog, "Delete 2 opportunities?"));
    CHECK(ui.shows("Deleted along: 1 opportunity contact role."));
    ui.click(Role::Button, "Delete");
    CHECK(count(ui, "Opportunity") == 0);
}

TEST_CASE("list page: a cell is edited in place; a refused value stays with its reason") {
    UiDriver ui;
    create_account(ui, "Acme", R"(, "Phone": "123")");
    ui.data.create(R"({"command": "CreateRecord", "object": "Contact", "fields": {"LastName": "Li", "Title": "CTO", "Email": "li@acme.test"}})");
    ui.go("#/o/Contact");
    ui.double_click(cell_with(ui, "CTO"));
    ui.type(Role::TextField, "Title", "CEO");
    ui.commit();
    CHECK(text_of(ui, "SELECT Title FROM Contact", "Title") == "CEO");
    ui.app.context().undo();
    ui.settle();
    CHECK(text_of(ui, "SELECT Title FROM Contact", "Title") == "CTO");
}

TEST_CASE("list page: ticked rows are deleted at once and come back at once") {
    UiDriver ui;
    for (const char* name : {"One", "Two", "Three"}) create_account(ui, name);
    ui.go("#/o/Account");
    ui.click(Role::Checkbox, "Select all");
    CHECK(ui.shows("3 selected"));
    ui.click(Role::Button, "Delete");
    ui.click(Role::Button, "Delete");   // of the question
    CHECK(count(ui, "Account") == 0);
    ui.app.context().undo();
    ui.settle();
    CHECK(count(ui, "Account") == 3);
}

TEST_CASE("list page: on a phone rows are two-line links") {
    UiDriver ui(390, 844, 2, true);
    create_account(ui, "Acme", R"(, "Industry": "Energy")");
    ui.go("#/o/Account");
    CHECK(ui.find_all(Role::Grid).empty());
    CHECK(ui.shows("Acme"));
    CHECK(ui.shows("Energy"));
    CHECK(ui.unnamed() == "");
}

TEST_CASE("list page: usual columns fit beside the sidebar; a width that somebody chose stays") {
    UiDriver ui(1440, 900);
    ui.data.create(R"({"command": "CreateRecord", "object": "Lead", "fields": {"LastName": "Li", "Company": "Acme"}})");
    const auto header = [&](std::string_view name) {
        const SemanticsNode* node = ui.find(Role::ColumnHeader, name);
        REQUIRE(node);
        return node->box;
    };
    for (const char* object : {"Lead", "Account", "Contact", "Opportunity", "Task", "Event", "Product2"}) {
        ui.data.run(R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Acme"}})");
        ui.go("#/o/" + std::string(object));
        for (const SemanticsNode* node : ui.find_all(Role::ColumnHeader)) CHECK_MESSAGE(node->box.x + node->box.width <= 1440 - 44, object << ": " << node->name);
    }
    ui.browser.settings["list.Lead.columns"] = "Name:300;Company;Status;Email;Phone;OwnerId;CreatedDate";
    ui.go("#/");
    ui.go("#/o/Lead");
    CHECK(header("Name").width == 300);
    CHECK(header("Email").width < 216);
}

TEST_CASE("list page: on a tablet no column shows by a letter or two; a row's menu lies over no value") {
    UiDriver ui(820, 1180, 1, true);
    ui.create("Account", R"("Name": "Acme")");
    ui.create("Opportunity", R"("Name": "Acme - Pilot", "StageName": "Prospecting", "CloseDate": "2027-01-01")");
    ui.create("Contact", R"("LastName": "Li")");
    ui.create("Task", R"("Subject": "Call")");
    for (const char* object : {"Account", "Opportunity", "Contact", "Task"}) {
        ui.go("#/o/" + std::string(object));
        REQUIRE(ui.find_all(Role::ColumnHeader).size() > 3);
        for (const SemanticsNode* node : ui.find_all(Role::ColumnHeader)) {
            const float shown = std::min(node->box.x + node->box.width, 820.0f - 54) - node->box.x;
            CHECK_MESSAGE((shown >= 60 || node->name == "Selection"), object << ": " << node->name);
        }
    }
}

TEST_CASE("list page: where not all columns fit an opportunity's amount and close date come before its account") {
    const auto names = [](UiDriver& ui, float width) {
        std::vector<const SemanticsNode*> headers = ui.find_all(Role::ColumnHeader);
        std::ranges::sort(headers, {}, [](const SemanticsNode* node) { return node->box.x; });
        Names seen;
        for (const SemanticsNode* node : headers)
            if (node->name != "Selection" && node->box.x + node->box.width <= width) seen.push_back(node->name);
        return seen;
    };
    const auto sell = [](UiDriver& ui) {
        ui.create("Account", R"("Name": "Meridian Textiles of Helsinki Oy")");
        ui.create("Opportunity", R"("Name": "Meridian Textiles of Helsinki Oy - Seats", "Account.Name": "Meridian Textiles of Helsinki Oy", "StageName": "Value Proposition", "Amount": 50000, "CloseDate": "2027-01-01")");
        ui.go("#/o/Opportunity");
    };
    {
        UiDriver ui(820, 1180, 1, true);
        sell(ui);
        CHECK(names(ui, 820) == Names{"Opportunity Name", "Stage", "Amount", "Close Date"});
        ui.click(Role::Button, "Amount");   // a heading sorts by what stands beneath it
        CHECK(ui.app.context().route().parameter("sort") == "Amount");
        ui.browser.settings["list.Opportunity.columns"] = "Name;AccountId;Amount;CloseDate;StageName;OwnerId;Type;NextStep";   // a person's own choice
        ui.go("#/");
        ui.go("#/o/Opportunity");
        REQUIRE(names(ui, 820).size() > 1);
        CHECK(names(ui, 820)[1] == "Account");
    }
    UiDriver wide(1440, 900);
    sell(wide);
    REQUIRE(names(wide, 1440).size() > 1);
    CHECK(names(wide, 1440)[1] == "Account");
}

TEST_CASE("list page: columns are fitted anew to other rows") {
    UiDriver ui(820, 1180);
    const auto width_of = [&](std::string_view name) {
        REQUIRE(ui.find(Role::ColumnHeader, name));
        return ui.find(Role::ColumnHeader, name)->box.width;
    };
    ui.create("Lead", R"("LastName": "Li", "Company": "Acme Precision Instruments", "Email": "li.long.address@acme-instruments.example")");
    ui.go("#/o/Lead");
    const float before = width_of("Name");
    ui.create("Lead", R"("FirstName": "Theodora Konstantina", "LastName": "Papadimitriou", "Company": "Acme")");   // as an import would
    ui.settle();
    CHECK(width_of("Name") > before + 60);
    ui.go("#/o/Lead?q=Acme%20P");
    CHECK(width_of("Name") < before + 60);       // what was short of room is fitted to what is left
}

TEST_CASE("list page: no column moves while a cell is edited, nor where all is whole") {
    UiDriver wide(1440, 900);
    create_account(wide, "Acme", R"(, "BillingCity": "Oslo")");
    wide.go("#/o/Account");
    const auto boxes = [&] {
        std::vector<float> places;
        for (const SemanticsNode* node : wide.find_all(Role::ColumnHeader)) places.push_back(node->box.x);
        return places;
    };
    const std::vector<float> as_it_was = boxes();
    REQUIRE(cell_with(wide, "Oslo"));
    wide.double_click(cell_with(wide, "Oslo"));
    wide.type(Role::TextField, "Billing City", "Llanfairpwllgwyngyllgogerychwyrndrobwll");
    CHECK(boxes() == as_it_was);
    wide.commit();
    CHECK(wide.shows("Llanfairpwllgwyngyllgogerychwyrndrobwll"));
    CHECK(boxes() == as_it_was);
    create_account(wide, "Bix");
    wide.settle();
    CHECK(boxes() != as_it_was);                 // a new row: now it may
    const std::vector<float> grown = boxes();
    wide.go("#/o/Account?q=Bix");
    CHECK(boxes() == grown);                     // all is whole: nothing moves
}

TEST_CASE("list page: on a phone a number says what it counts") {
    UiDriver ui(390, 844, 1, true);
    ui.data.run(R"({"command": "DefineObject", "object": "Site_Visit__c", "label": "Site Visit", "pluralLabel": "Site Visits", "nameField": {"type": "Text", "label": "Visit"}})");
    ui.data.run(R"({"command": "DefineField", "object": "Site_Visit__c", "field": "Guests__c", "label": "Guests", "type": "Number", "precision": 4, "scale": 0})");
    ui.data.make("Site_Visit__c", R"("Name": "Plant 7", "Guests__c": 12)");
    ui.go("#/o/Site_Visit__c");
    CHECK(ui.shows("Guests 12"));
}

TEST_CASE("list page: list and board have their switch in one place, and a phone's filter takes the room there is") {
    for (const char* object : {"Lead", "Opportunity"}) {
        {
            UiDriver ui(1440, 900);
            ui.create("Lead", R"("LastName": "Ann", "Company": "Acme")");
            ui.create("Opportunity", R"("Name": "Big", "StageName": "Prospecting", "CloseDate": "2026-12-31")");
            ui.go(std::string("#/o/") + object);
            REQUIRE(ui.find(Role::Button, "Board"));
            const Box list = ui.find(Role::Button, "Board")->box;
            ui.go(std::string("#/o/") + object + "/board");
            CHECK(ui.find(Role::Button, "Board")->box.x == list.x);
        }
        UiDriver phone(390, 844, 1, true);
        phone.go(std::string("#/o/") + object);
        const SemanticsNode* filters = phone.find(Role::Button, "Filters");
        REQUIRE(filters);
        CHECK(filters->box.x + filters->box.width == doctest::Approx(390 - 16));
    }
}

TEST_CASE("list page: where room is lacking addresses are cut first, then words; never names, amounts, dates and badges") {
    UiDriver ui(1440, 900);
    Context& context = ui.app.context();
    const Object& account = *ui.data.workspace.schema().find_object("Account");
    const std::vector<std::pair<const char*, float>> fields{{"Name", 150}, {"Website", 200}, {"BillingCity", 200}, {"AnnualRevenue", 110}, {"Type", 90}};
    std::vector<ListColumn> columns;
    std::vector<float> words;
    for (const auto& [name, width] : fields) columns.push_back({account.find_field(name)->index, 0}), words.push_back(width);
    std::vector<kit::TableColumn> made = table_columns(context, account, columns);
    const auto widths = [&](float room) {
        const bool whole = fit_columns(context, made, account, columns, room, words);
        CHECK(whole == (room > 1000));
        std::vector<float> all;
        for (const kit::TableColumn& column : made) all.push_back(column.width);
        return all;
    };
    constexpr float around = 24;
    const auto is_whole = [&](const std::vector<float>& all, std::size_t at) { return all[at] >= words[at] + around; };
    const std::vector<float> roomy = widths(1100), tight = widths(800), tighter = widths(740);
    for (std::size_t at = 0; at < fields.size(); ++at) CHECK_MESSAGE(is_whole(roomy, at), fields[at].first);
    CHECK_FALSE(is_whole(tight, 1));
    for (const std::size_t at : {0u, 2u, 3u, 4u}) CHECK_MESSAGE(is_whole(tight, at), fields[at].first);
    for (const std::size_t at : {0u, 3u, 4u}) CHECK_MESSAGE(is_whole(tighter, at), fields[at].first);
    CHECK_FALSE(is_whole(tighter, 2));
    for (const auto* all : {&tight, &tighter}) CHECK(std::accumulate(all->begin(), all->end(), 0.0f) == doctest::Approx(all == &tight ? 800 : 740));
    // Not all: those that are seen end with the room, the last one as short as it can be read.
    const std::vector<float> few = widths(480);
    CHECK(few[0] + few[1] + few[2] == doctest::Approx(480));
    CHECK(few[1] < 150);
    // The head of what it is sorted by is wider, by its weight and the arrow, and is never cut.
    columns[1].width = 0;
    words.assign(words.size(), 10);
    const FieldIndex revenue = columns[3].field;
    for (float room = 300; room < 900; room += 10) {
        fit_columns(context, made, account, columns, room, words, revenue);
        CHECK(made[3].width >= kit::text_width(context, made[3].label, TextStyle::CaptionStrong) + 16 + around);
    }
    words = {150, 200, 200, 110, 90};
    // What somebody chose stays.
    columns[1].width = 222;
    CHECK(widths(740)[1] == 222);
}

TEST_CASE("list page: what stands below a title is not said twice in it; a past day of what is open is late") {
    using kit::title_beside;
    CHECK(title_beside("Quartz Inc. – Extra seats", "Quartz Inc. · Prospecting") == "Extra seats");
    CHECK(title_beside("Quartz Inc. - Extra seats", "Prospecting · Quartz Inc.") == "Extra seats");
    CHECK(title_beside("星辰——续约", "星辰") == "续约");
    CHECK(title_beside("Quartz Incorporated", "Quartz") == "Quartz Incorporated");
    CHECK(title_beside("Quartz", "Quartz") == "Quartz");
    CHECK(title_beside("Quartz – ", "Quartz") == "Quartz – ");
    CHECK(title_beside("Pilot", "") == "Pilot");
    UiDriver ui(390, 844, 1, true);   // its clock stands at 2026-11-23
    const auto late = [&](const char* object, const std::string& fields, std::string_view field) {
        const RecordRef record = *ui.data.workspace.records().find(*parse_record_id(ui.create(object, fields)));
        return is_late(ui.app.context(), record, ui.app.context().schema().object(record.object).find_field(field)->index);
    };
    CHECK(late("Task", R"("Subject": "Call", "ActivityDate": "2026-11-22")", "ActivityDate"));
    CHECK_FALSE(late("Task", R"("Subject": "Call", "ActivityDate": "2026-11-23")", "ActivityDate"));
    CHECK_FALSE(late("Task", R"("Subject": "Call", "ActivityDate": "2026-11-22", "Status": "Completed")", "ActivityDate"));
    CHECK(late("Opportunity", R"("Name": "Acme", "StageName": "Prospecting", "CloseDate": "2026-11-01")", "CloseDate"));
    CHECK_FALSE(late("Opportunity", R"("Name": "Acme", "StageName": "Closed Won", "CloseDate": "2026-11-01")", "CloseDate"));
    // A screen reader and a search hear the whole title.
    const std::string account = ui.create("Account", R"("Name": "Quartz")");
    ui.create("Opportunity", R"("Name": "Quartz - Pilot", "StageName": "Prospecting", "CloseDate": "2027-01-01", "AccountId": ")" + account + "\"");
    ui.go("#/o/Opportunity");
    CHECK(ui.find(Role::Link, "Quartz - Pilot"));
}

TEST_CASE("list page: events begin with those to come, the next on top; the past ones with the last") {
    UiDriver ui;   // its clock stands at 2026-11-23
    const auto event = [&](const char* subject, const std::string& day, const char* more = "") {
        ui.create("Event", R"("Subject": ")" + std::string(subject) + R"(", "StartDateTime": ")" + day + R"(T10:00:00Z", "EndDateTime": ")" + day + R"(T11:00:00Z")" + more);
    };
    event("Far", "2027-03-01");
    event("Last week", "2026-11-16");
    event("Long ago", "2026-01-05");
    event("Tomorrow", "2026-11-24");
    event("Standup", "2026-09-01", R"(, "Recurrence2PatternText": "FREQ=WEEKLY")");
    const auto names = [&] {
        std::vector<std::string> found;
        for (const SemanticsNode* node : ui.find_all(Role::Link))
            if (node->link.starts_with("#/r/")) found.push_back(node->name);
        return found;
    };
    ui.go("#/o/Event");
    CHECK(names() == Names{"Standup", "Tomorrow", "Far"});
    CHECK(ui.find(Role::Button, "Upcoming Events"));
    ui.click(Role::Button, "Past");
    CHECK(names() == Names{"Last week", "Long ago"});
    ui.click(Role::Button, "All");
    CHECK(names() == Names{"Far", "Tomorrow", "Last week", "Standup", "Long ago"});
    ui.click(Role::Button, "Upcoming");
    CHECK(names() == Names{"Standup", "Tomorrow", "Far"});
    // A view from when events had no states shows all.
    const std::string view = ui.create("ListView", R"("Name": "Everything", "SobjectType": "Event", "Filter": "q=")");
    ui.go("#/o/Event?view=" + view);
    CHECK(names().size() == 5);
}

TEST_CASE("list page: an unknown object has a way out") {
    UiDriver ui;
    ui.go("#/o/Nonsense__c");
    CHECK(ui.find(Role::Heading, "There is nothing here"));
    ui.click(Role::Button, "Go home");
    CHECK(ui.app.context().route().path.empty());
}

TEST_CASE("list page: a custom object is listed with its own fields") {
    UiDriver ui;
    ui.data.run(R"({"command": "DefineObject", "object": "Site_Visit__c", "label": "Site Visit", "pluralLabel": "Site Visits", "nameField": {"type": "Text", "label": "Visit"}})");
    ui.data.run(R"({"command": "DefineField", "object": "Site_Visit__c", "field": "Outcome__c", "label": "Outcome", "type": "Text", "length": 40})");
    ui.data.create(R"({"command": "CreateRecord", "object": "Site_Visit__c", "fields": {"Name": "First", "Outcome__c": "Good"}})");
    ui.go("#/o/Site_Visit__c");
    CHECK(row_links(ui)[0] == "First");
    CHECK(cell_with(ui, "Good"));
    CHECK(ui.find(Role::ColumnHeader, "Outcome"));
}

TEST_CASE("list page: still frames over many rows do no work per row") {
    UiDriver ui;
    std::string batch = R"({"command": "Batch", "commands": [)";
    for (int i = 0; i < 2000; ++i) {
        batch += i ? "," : "";
        batch += R"({"command": "CreateRecord", "object": "Account", "fields": {"Name": "Account )" + std::to_string(i) + "\"}}";
    }
    REQUIRE(ui.data.run(batch + "]}").boolean_or("ok", false));
    ui.go("#/o/Account");
    CHECK(ui.shows("2000 records"));
    CHECK(row_links(ui).size() < 60);
    // The semantics hold what is in sight, however many rows there are.
    CHECK(ui.nodes().size() < 1500);
}

TEST_CASE("list page: keys alone: j and k move, x ticks, e edits, Tab goes on, slash filters, n makes a new one") {
    UiDriver ui;
    for (const char* name : {"Alpha", "Beta"}) create_account(ui, name, R"(, "Phone": "1")");
    ui.go("#/o/Account");
    ui.press("j");
    REQUIRE(ui.focused() != nullptr);
    CHECK(ui.focused()->name == "Alpha");
    ui.press("j");
    CHECK(ui.focused()->name == "Beta");
    for (const char* key : {"x", "Space"}) {
        ui.press(key);
        CHECK(ui.shows("1 selected"));
        ui.press("Escape");
        CHECK_FALSE(ui.shows("1 selected"));
    }
    ui.press("e");
    CHECK(ui.find(Role::TextField, "Account Name"));
    ui.type(Role::TextField, "Account Name", "Beta Ltd");
    const std::uint32_t field = ui.find(Role::TextField, "Account Name")->id;
    ui.frame({{PageEventKind::TextCommit, field, "Beta Ltd"}, {PageEventKind::Key, field, "Tab"}});
    ui.settle();
    CHECK(text_of(ui, "SELECT Name FROM Account WHERE Name LIKE 'Beta%'", "Name") == "Beta Ltd");
    CHECK_FALSE(ui.find(Role::TextField, "Account Name"));
    CHECK(ui.shows("Type"));   // the next cell is a picklist: its choices are open
    ui.press("Escape");
    ui.cancel();
    ui.press("/");
    const SemanticsNode* filter = ui.find(Role::SearchField, "Filter Accounts");
    REQUIRE(filter != nullptr);
    CHECK((filter->states & semantics_state::focused) != 0);
}

TEST_CASE("list page: an edit that moves its row takes the keyboard along, after Tab and after Enter") {
    const auto edit_second = [](UiDriver& ui, const char* key) {
        for (int i = 1; i <= 30; ++i) create_account(ui, "A" + std::to_string(i), R"(, "AnnualRevenue": )" + std::to_string(i) + R"(, "AccountNumber": "N)" + std::to_string(i) + "\"");
        ui.go("#/o/Account?sort=AnnualRevenue&columns=Name;AnnualRevenue;AccountNumber");
        ui.press("j");
        ui.press("j");
        ui.press("ArrowRight");
        ui.press("e");
        const SemanticsNode* field = ui.find(Role::TextField, "Annual Revenue");
        REQUIRE(field);
        const std::uint32_t id = field->id;
        ui.type(Role::TextField, "Annual Revenue", "2000");
        ui.frame({{PageEventKind::TextCommit, id, "2000"}, {PageEventKind::Key, id, key}});
        ui.settle();
        REQUIRE(ui.focused());
        CHECK(row_links(ui).back() == "A2");   // where it went is in sight
    };
    {
        UiDriver tabbed;
        edit_second(tabbed, "Tab");
        CHECK(tabbed.focused()->name == "Account Number");
        CHECK(tabbed.focused()->value == "N2");
    }
    UiDriver entered;
    edit_second(entered, "Enter");
    CHECK(entered.focused()->role == Role::Cell);
    CHECK(entered.focused()->name.find("2000") != std::string::npos);
}

TEST_CASE("list page: a refused value says why at its cell") {
    UiDriver ui;
    ui.data.create(R"({"command": "CreateRecord", "object": "Contact", "fields": {"LastName": "Li", "Email": "li@acme.test"}})");
    ui.go("#/o/Contact");
    ui.press("j");
    for (int i = 0; i < 3; ++i) ui.press("ArrowRight");
    ui.press("e");
    ui.type(Role::TextField, "Email", "no address");
    ui.commit();
    const SemanticsNode* field = ui.find(Role::TextField, "Email");
    REQUIRE(field != nullptr);
    CHECK((field->states & semantics_state::invalid) != 0);
    CHECK(field->description != "");
    CHECK(text_of(ui, "SELECT Email FROM Contact", "Email") == "li@acme.test");
    ui.cancel();
    CHECK_FALSE(ui.find(Role::TextField, "Email"));
}

TEST_CASE("list page: on a phone rows are ticked, changed and deleted from a bar below") {
    UiDriver ui(390, 844, 2, true);
    for (const char* name : {"One", "Two", "Three"}) create_account(ui, name);
    ui.go("#/o/Account");
    ui.click(Role::Button, "List menu");
    ui.click(Role::MenuItem, "Select records");
    ui.click(Role::Checkbox, "Select One");
    ui.click(Role::Checkbox, "Select Two");
    CHECK(ui.shows("2 selected"));
    CHECK(ui.unnamed() == "");
    ui.click(Role::Button, "Change field");
    CHECK(ui.find_all(Role::Dialog).size() == 1);
    ui.back();
    CHECK(ui.shows("2 selected"));
    ui.click(Role::Button, "Delete");
    ui.click(Role::Button, "Delete");   // of the question
    CHECK(count(ui, "Account") == 1);
    CHECK_FALSE(ui.shows("selected"));
    CHECK(ui.find(Role::Link, "Three"));
}

TEST_CASE("list page: what is typed beside a list stays with its record") {
    UiDriver ui(1440, 900);
    for (const char* name : {"Alpha", "Beta"}) create_account(ui, name);
    ui.go("#/o/Account");
    ui.click(Role::Button, "List menu");
    ui.click(Role::MenuItem, "Details beside the list");
    ui.click(Role::Tab, "Activity");
    ui.type(Role::TextField, "Task subject", "For Alpha");
    const auto draft = [&] { return ui.find(Role::TextField, "Task subject") ? ui.find(Role::TextField, "Task subject")->value : "<none>"; };
    CHECK(draft() == "For Alpha");
    ui.press("Escape");
    ui.click(Role::Link, "Beta");
    REQUIRE(ui.find(Role::Heading, "Beta"));
    CHECK(draft() == "");
    ui.type(Role::TextField, "Task subject", "For Beta");
    ui.click(Role::Button, "Add task");
    CHECK(ui.count("Task WHERE Subject = 'For Beta' AND What.Name = 'Beta'") == 1);
    ui.click(Role::Link, "Alpha");
    CHECK(draft() == "For Alpha");
}

TEST_CASE("list page: a record stands beside its list, and the choice is remembered") {
    UiDriver ui(1440, 900);
    for (const char* name : {"Alpha", "Beta"}) create_account(ui, name);
    ui.go("#/o/Account");
    ui.click(Role::Button, "List menu");
    ui.click(Role::MenuItem, "Details beside the list");
    CHECK(ui.find(Role::Region, "Selected record"));
    CHECK(ui.find(Role::Heading, "Alpha"));
    ui.click(Role::Link, "Beta");
    CHECK(ui.find(Role::Heading, "Beta"));
    CHECK(ui.app.context().route().path.size() == 2);
    ui.press("k");
    CHECK(ui.find(Role::Heading, "Alpha"));
    ui.go("#/");
    ui.go("#/o/Account");
    CHECK(ui.find(Role::Region, "Selected record"));
    CHECK(ui.unnamed() == "");
}

TEST_CASE("errors: their numbers are written as the language writes them, what was typed is left as it is") {
    UiDriver ui;
    ui.locale.thousands = true;
    Error error;
    error.message_key = "error.too_long";
    error.arguments = {"Description", "32000", "41234"};
    CHECK(ui.app.context().error_text(error) == "Description holds at most 32,000 characters; this text has 41,234. Shorten it.");
    error.message_key = "error.type.date";
    error.arguments = {"Close Date", "20261123"};
    CHECK(ui.app.context().error_text(error).find("“20261123”") != std::string::npos);
}
