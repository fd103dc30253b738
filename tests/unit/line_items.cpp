#include <doctest/doctest.h>

#include "core/conversion/merge.h"
#include "core/edit/line_items.h"
#include "tests/support/edit_fixture.h"
#include "tests/support/import_fixture.h"

using namespace outpost;
using testing::EditFixture;

namespace {

struct Shop : EditFixture {
    std::string opportunity, seat, support;

    Shop() {
        seat = created("Product2", R"("Name":"Seat","UnitPrice":19.99)");
        support = created("Product2", R"("Name":"Support","UnitPrice":500)");
        opportunity = created("Opportunity", R"("Name":"Sale","CloseDate":"2026-12-01","StageName":"Prospecting","Amount":77)");
    }
    std::string created(const std::string& object, const std::string& fields) {
        return id(make(R"({"command":"CreateRecord","object":")" + object + R"(","fields":{)" + fields + "}}"));
    }
    std::string line(const std::string& product, const std::string& fields = {}, const std::string& of = {}) {
        return created("OpportunityLineItem", R"("OpportunityId":")" + (of.empty() ? opportunity : of) + R"(","Product2Id":")" + product + "\"" + (fields.empty() ? "" : "," + fields));
    }
    std::string get(const std::string& record, std::string_view field) const { return text(*records.find(*parse_record_id(record)), field); }
    std::string amount() const { return get(opportunity, "Amount"); }
    std::string change(const std::string& command, const std::string& object, const std::string& record, const std::string& fields = {}) {
        return R"({"command":")" + command + R"(","object":")" + object + R"(","id":")" + record + "\"" + (fields.empty() ? "" : R"(,"fields":{)" + fields + "}") + "}";
    }
};

}  // namespace

TEST_CASE("line items: prices come from the product or the price book, totals are exact, the amount is their sum") {
    Shop s;
    const std::string first = s.line(s.seat, R"("Quantity":3)");
    CHECK(s.get(first, "ListPrice") == "19.99");
    CHECK(s.get(first, "UnitPrice") == "19.99");
    CHECK(s.get(first, "TotalPrice") == "59.97");
    CHECK(s.amount() == "59.97");
    CHECK(s.get(s.opportunity, "HasOpportunityLineItem") == "true");
    CHECK(s.get(s.opportunity, "ExpectedRevenue") == "5.997");
    const std::string second = s.line(s.support);
    CHECK(s.get(second, "Quantity") == "1");
    CHECK(s.amount() == "559.97");
    // 19.99 x 3 x 0.875 = 52.47375
    REQUIRE(s.run(s.change("UpdateRecord", "OpportunityLineItem", first, R"("Discount":12.5)")));
    CHECK(s.get(first, "TotalPrice") == "52.47");
    CHECK(s.amount() == "552.47");
    REQUIRE(s.run(s.change("UpdateRecord", "OpportunityLineItem", second, R"("UnitPrice":450,"Quantity":2.5)")));
    CHECK(s.get(second, "ListPrice") == "500");
    CHECK(s.amount() == "1177.47");
    // A price book of the opportunity's own.
    const std::string book = s.created("Pricebook2", R"("Name":"Partners")");
    const std::string entry = s.created("PricebookEntry", R"("Pricebook2Id":")" + book + R"(","Product2Id":")" + s.seat + R"(","UnitPrice":15)");
    const std::string other = s.created("Opportunity", R"("Name":"Other","CloseDate":"2026-12-01","Pricebook2Id":")" + book + "\"");
    const std::string cheap = s.line(s.seat, R"("Quantity":2)", other);
    CHECK(s.get(cheap, "PricebookEntryId") == entry);
    CHECK(s.get(other, "Amount") == "30");
    CHECK(s.get(s.line(s.support, {}, other), "ListPrice") == "500");   // not in the book
    const std::string by_entry = s.created("OpportunityLineItem", R"("OpportunityId":")" + other + R"(","PricebookEntryId":")" + entry + "\"");
    CHECK(s.get(by_entry, "Product2Id") == s.seat);
    CHECK(s.code(s.change("UpdateRecord", "Opportunity", other, R"("Pricebook2Id":null)")) == "FIELD_INTEGRITY_EXCEPTION");
}

TEST_CASE("line items: totals are rounded to the minor unit of the currency, away from zero") {
    Shop s;
    const auto total = [&](const char* quantity, const char* price, const char* discount) {
        const auto value = line_total(s.records, *parse_decimal(quantity), *parse_decimal(price), *parse_decimal(discount));
        return value ? to_text(std::get<Decimal>(*value)) : std::string("none");
    };
    CHECK(total("1", "0.05", "50") == "0.03");
    CHECK(total("-1", "0.05", "50") == "-0.03");
    CHECK(total("3", "33.33", "33.33") == "66.66");
    CHECK(total("9999999999.99", "999999", "0") == "9999989999990000.01");
    CHECK(total("9999999999.99", "9999999999999999.99", "0") == "none");
    CHECK(is_null(*line_total(s.records, *parse_decimal("1"), Value(), Value())));
    REQUIRE(s.editor.execute(UpdateRecord{{standard_object::organization, 0}, {{organization_field::default_currency, std::string("JPY")}}}));
    CHECK(total("1", "99", "33.33") == "66.00");
    CHECK(total("1", "101", "50") == "51.00");
}

TEST_CASE("line items: what can't be is refused in plain words and leaves no trace") {
    Shop s;
    const std::string first = s.line(s.seat);
    CHECK(s.message(s.change("UpdateRecord", "Opportunity", s.opportunity, R"("Amount":5)")) ==
          "“Sale” has products, and Amount is their sum. Change the products instead.");
    CHECK(s.message(s.change("UpdateRecord", "Opportunity", s.opportunity, R"("Amount":5)"), Language::SimplifiedChinese).find("产品") != std::string::npos);
    CHECK(s.run(s.change("UpdateRecord", "Opportunity", s.opportunity, R"("Amount":19.99,"NextStep":"call")")));   // nothing changes it
    CHECK(s.code(s.change("UpdateRecord", "OpportunityLineItem", first, R"("Discount":101)")) == "NUMBER_OUTSIDE_VALID_RANGE");
    CHECK(s.code(s.change("UpdateRecord", "OpportunityLineItem", first, R"("TotalPrice":1)")) == "INVALID_FIELD");
    CHECK(s.code(s.change("UpdateRecord", "OpportunityLineItem", first, R"("Quantity":9999999999,"UnitPrice":9999999999999999)")) == "NUMBER_OUTSIDE_VALID_RANGE");
    CHECK(s.code(s.change("UpdateRecord", "OpportunityLineItem", first, R"("Quantity":null)")) == "REQUIRED_FIELD_MISSING");
    CHECK(s.amount() == "19.99");
}

TEST_CASE("line items: a price is of the line's product and of the opportunity's price book, and each product has one in a book") {
    Shop s;
    const auto book_of = [&](const char* name) { return s.created("Pricebook2", R"("Name":")" + std::string(name) + "\""); };
    const auto entry_fields = [&](const std::string& book, const std::string& product) { return R"("Pricebook2Id":")" + book + R"(","Product2Id":")" + product + R"(","UnitPrice":15)"; };
    const auto creating = [&](const char* object, const std::string& fields) { return R"({"command":"CreateRecord","object":")" + std::string(object) + R"(","fields":{)" + fields + "}}"; };
    const std::string partners = book_of("Partners"), europe = book_of("Europe");
    const std::string seats = s.created("PricebookEntry", entry_fields(partners, s.seat)), europe_seats = s.created("PricebookEntry", entry_fields(europe, s.seat));
    CHECK(s.message(creating("PricebookEntry", entry_fields(partners, s.seat))) == "“Seat” is in “Partners” already.");
    CHECK(s.code(s.change("UpdateRecord", "PricebookEntry", europe_seats, R"("Pricebook2Id":")" + partners + "\"")) == "DUPLICATE_VALUE");
    CHECK(s.run(s.change("UpdateRecord", "PricebookEntry", europe_seats, entry_fields(europe, s.seat))));   // nothing new
    const std::string sale = s.created("Opportunity", R"("Name":"Partner sale","CloseDate":"2026-12-01","Pricebook2Id":")" + partners + "\"");
    const auto with_entry = [&](const std::string& product, const std::string& entry) {
        return R"("OpportunityId":")" + sale + R"(","Product2Id":")" + product + R"(","PricebookEntryId":")" + entry + "\"";
    };
    CHECK(s.message(creating("OpportunityLineItem", with_entry(s.support, seats))) == "Price Book Entry: this is the price of “Seat”, and the product is “Support”.");
    CHECK(s.message(creating("OpportunityLineItem", with_entry(s.seat, europe_seats))) == "Price Book Entry: this is a price of the price book “Europe”, and the opportunity has “Partners”.");
    CHECK(s.message(creating("OpportunityLineItem", with_entry(s.seat, europe_seats)), Language::SimplifiedChinese).find("Europe") != std::string::npos);
    const std::string line = s.created("OpportunityLineItem", with_entry(s.seat, seats));
    REQUIRE(!line.empty());
    CHECK(s.message(s.change("UpdateRecord", "OpportunityLineItem", line, R"("Product2Id":")" + s.support + "\"")).starts_with("Product of an opportunity product can’t be changed"));
    CHECK(s.code(s.change("UpdateRecord", "OpportunityLineItem", line, R"("PricebookEntryId":")" + europe_seats + "\"")) == "FIELD_INTEGRITY_EXCEPTION");
    CHECK(s.run(s.change("UpdateRecord", "OpportunityLineItem", line, with_entry(s.seat, seats) + R"(,"Quantity":2)")));
    CHECK(s.get(sale, "Amount") == "30");
}

TEST_CASE("line items: deleted, restored, moved, undone") {
    Shop s;
    const std::string first = s.line(s.seat), second = s.line(s.support);
    CHECK(s.amount() == "519.99");
    REQUIRE(s.run(s.change("DeleteRecord", "OpportunityLineItem", first)));
    CHECK(s.amount() == "500");
    // The opportunity takes its lines along, and brings back those that it took.
    REQUIRE(s.run(s.change("DeleteRecord", "Opportunity", s.opportunity)));
    CHECK(s.records.table(standard_object::opportunity_line_item).live_count() == 0);
    CHECK(s.code(s.change("RestoreRecord", "OpportunityLineItem", second)) == "ENTITY_IS_DELETED");
    REQUIRE(s.run(s.change("RestoreRecord", "Opportunity", s.opportunity)));
    CHECK(s.records.table(standard_object::opportunity_line_item).live_count() == 1);
    CHECK(s.amount() == "500");
    REQUIRE(s.run(s.change("RestoreRecord", "OpportunityLineItem", first)));
    CHECK(s.amount() == "519.99");
    // In data from before there was a state for it, a flag says which lines were deleted by themselves.
    const RowIndex flagged = s.records.find(*parse_record_id(first))->row;
    const auto flag = [](std::uint8_t value) {
        Column column(ColumnKind::Flag);
        column.mutable_flags().push_back(value);
        return column;
    };
    ChangeGroup old;
    old.changes.push_back(RecordsChanged{standard_object::opportunity_line_item, {flagged}, {{line_item_field::is_removed, flag(0), flag(1)}}});
    old.changes.push_back(StateChanged{standard_object::opportunity_line_item, {flagged}, RowState::Live, RowState::Deleted});
    REQUIRE(s.editor.execute(ApplyGroup{std::make_shared<ChangeGroup>(std::move(old))}));
    for (const char* command : {"DeleteRecord", "RestoreRecord"}) REQUIRE(s.run(s.change(command, "Opportunity", s.opportunity)));
    CHECK(s.records.table(standard_object::opportunity_line_item).live_count() == 1);
    REQUIRE(s.run(s.change("RestoreRecord", "OpportunityLineItem", first)));
    for (const char* command : {"DeleteRecord", "RestoreRecord"}) REQUIRE(s.run(s.change(command, "Opportunity", s.opportunity)));
    CHECK(s.records.table(standard_object::opportunity_line_item).live_count() == 2);
    // Without lines the amount stays, and is a person's again.
    REQUIRE(s.run(s.change("DeleteRecord", "OpportunityLineItem", first)));
    REQUIRE(s.run(s.change("DeleteRecord", "OpportunityLineItem", second)));
    CHECK(s.amount() == "500");
    CHECK(s.get(s.opportunity, "HasOpportunityLineItem") == "false");
    REQUIRE(s.run(s.change("UpdateRecord", "Opportunity", s.opportunity, R"("Amount":7)")));
    for (int i = 0; i < 3; ++i) REQUIRE(s.run(R"({"command":"Undo"})"));
    CHECK(s.amount() == "519.99");
    // A line that moves takes its total along.
    const std::string other = s.created("Opportunity", R"("Name":"Other","CloseDate":"2026-12-01")");
    REQUIRE(s.run(s.change("UpdateRecord", "OpportunityLineItem", second, R"("OpportunityId":")" + other + "\"")));
    CHECK(s.amount() == "19.99");
    CHECK(s.get(other, "Amount") == "500");
    // Merged: the lines of both are the master's, and so is their sum, whichever amount was chosen.
    const auto row = [&](const std::string& record) { return *s.records.find(*parse_record_id(record)); };
    const MergeRecords command{standard_object::opportunity, row(other), {row(s.opportunity)}, {{opportunity_field::amount, Decimal{1, 0}}}};
    REQUIRE(s.editor.run("edit.merge", {}, EditOrigin::User, [&](Transaction& transaction) { return merge_records(transaction, command); }));
    CHECK(s.get(other, "Amount") == "519.99");
    REQUIRE(s.run(R"({"command":"Undo"})"));
    CHECK(s.get(other, "Amount") == "500");
    CHECK(s.amount() == "19.99");
    CHECK(testing::check_derived(s.records) == "");
}

TEST_CASE("line items: several in one batch are one undo") {
    Shop s;
    const auto outcome = s.run(R"({"command":"Batch","commands":[
        {"command":"CreateRecord","object":"Opportunity","fields":{"Name":"Copy","CloseDate":"2026-12-01","Amount":1}},
        {"command":"CreateRecord","object":"OpportunityLineItem","fields":{"OpportunityId":"$0.id","Product2.Name":"Seat","Quantity":2}},
        {"command":"CreateRecord","object":"OpportunityLineItem","fields":{"OpportunityId":"$0.id","Product2.Name":"Support","Discount":10}}]})");
    REQUIRE(outcome);
    const RecordRef copy = outcome->parts[0].created[0];
    CHECK(s.text(copy, "Amount") == "489.98");
    REQUIRE(s.run(R"({"command":"Undo"})"));
    CHECK(s.records.table(standard_object::opportunity_line_item).live_count() == 0);
    REQUIRE(s.run(R"({"command":"Redo"})"));
    CHECK(s.text(copy, "Amount") == "489.98");
}

TEST_CASE("line items: a file of them is imported by names or codes, and amounts follow") {
    testing::ImportFixture bench;
    bench.import("Product Name,Product Code,Unit Price\nSeat,S-1,20\nSupport,S-2,500\n", "Product2");
    bench.import("Opportunity Name,Close Date,Amount\nOne,2026-12-01,5\nTwo,2026-12-01,6\nThree,2026-12-01,7\n", "Opportunity");
    const std::string csv =
        "Opportunity Name,Product Code,Quantity,Sales Price,List Price,Discount,Total Price\n"
        "One,S-1,3,18.50,20,10%,999\n"
        "One,S-2,1,,,,\n"
        "Two,S-1,2,,,150%,\n"
        "Nowhere,S-1,2,,,,\n"
        "Two,S-2,,,,,\n";
    const ImportReport report = bench.import(csv, "OpportunityLineItem");
    CHECK(report.skipped_headers == std::vector<std::string>{"Total Price"});
    CHECK(report.created == 3);
    CHECK(report.failed == 2);
    const auto amounts = bench.records.table(standard_object::opportunity).column(opportunity_field::amount).decimals();
    CHECK(amounts[0] == 4995 + 50000);   // 3 x 18.50 x 0.9
    CHECK(amounts[1] == 50000);
    CHECK(amounts[2] == 700);
    // Nor a line another product, or a product a second price in a book; the rest of such files goes in.
    const std::string line = to_text(bench.records.id_of({standard_object::opportunity_line_item, 0}));
    const ImportReport other_product = bench.import("Id,Product Code,Quantity\n" + line + ",S-2,3\n", "OpportunityLineItem");
    CHECK(other_product.failed == 1);
    CHECK(other_product.failures_csv.find("can’t be changed") != std::string::npos);
    CHECK(bench.import("Id,Product Code,Quantity\n" + line + ",S-1,3\n", "OpportunityLineItem").unchanged == 1);
    bench.import("Name\nPartners\n", "Pricebook2");
    const ImportReport prices = bench.import("Price Book,Product Code,List Price\nPartners,S-1,15\nPartners,S-1,16\nPartners,S-2,17\n", "PricebookEntry");
    CHECK(prices.created == 2);
    CHECK(prices.failures_csv.find("“Seat” is in “Partners” already.") != std::string::npos);
    // A file may not give an opportunity with products another amount; the rest of such a file goes in.
    const ImportReport updated = bench.import("Id,Opportunity Name,Amount\n" + to_text(bench.records.id_of({standard_object::opportunity, 0})) + ",One,1\n" +
                                              to_text(bench.records.id_of({standard_object::opportunity, 2})) + ",Third,9\n", "Opportunity");
    CHECK(updated.updated == 1);
    CHECK(updated.failed == 1);
    CHECK(updated.failures_csv.find("has products") != std::string::npos);
    CHECK(amounts[0] == 54995);
    CHECK(bench.records.table(standard_object::opportunity).column(opportunity_field::amount).decimals()[2] == 900);
}
