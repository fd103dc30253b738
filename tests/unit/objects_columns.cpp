#include <doctest/doctest.h>

#include <numeric>

#include "core/objects/records.h"
#include "core/objects/standard.h"

using namespace outpost;

TEST_CASE("objects: a text column keeps what was set, also over its own text and after squeezing") {
    TextColumn texts;
    texts.push_back("alpha");
    texts.push_back("");
    texts.push_back("gamma");
    texts.set(1, texts.get(0));
    texts.set(0, texts.get(2).substr(1));
    CHECK(texts.get(0) == "amma");
    CHECK(texts.get(1) == "alpha");
    CHECK(texts.get(2) == "gamma");
    CHECK(texts.garbage_bytes() > 0);
    texts.squeeze();
    CHECK(texts.garbage_bytes() == 0);
    CHECK(texts.get(0) == "amma");
    CHECK(texts.get(2) == "gamma");
    const std::string longer(200'000, 'x');
    for (int i = 0; i < 10; ++i) {
        texts.set(1, "short");
        texts.set(1, longer.substr(static_cast<std::size_t>(i)));
    }
    CHECK(texts.get(1).size() == 200'000 - 9);
    CHECK(texts.arena().size() < 1'000'000);
}

TEST_CASE("objects: text columns that share their texts change each for itself") {
    TextColumn given;
    for (const char* text : {"alpha", "beta", "", "delta"}) given.push_back(text);
    TextColumn taken;
    taken.resize(0);
    taken.append(given);
    CHECK(taken.arena().data() == given.arena().data());
    taken.set(0, "a");
    taken.set(2, given.get(3));
    taken.push_back(taken.get(1));
    given.set(1, given.get(3));
    const TextColumn copy = given;
    given.squeeze();
    given.resize(2);
    taken.append(given);
    given.resize(0);
    given.push_back("epsilon");
    const auto all = [](const TextColumn& texts) {
        std::string joined;
        for (RowIndex row = 0; row < texts.size(); ++row) joined += std::string(texts.get(row)) + ",";
        return joined;
    };
    CHECK(all(taken) == "a,beta,delta,delta,beta,alpha,delta,");
    CHECK(all(copy) == "alpha,delta,,delta,");
    CHECK(all(given) == "epsilon,");
    TextColumn moved = std::move(given);
    given = TextColumn();
    given.push_back("zeta");
    CHECK(all(moved) + all(given) == "epsilon,zeta,");
}

TEST_CASE("objects: a text column refuses places outside of its arena") {
    TextColumn texts;
    CHECK(texts.assign({'a', 'b'}, {{0, 2}, {1, 1}}));
    CHECK(texts.get(1) == "b");
    CHECK_FALSE(texts.assign({'a'}, {{0xFFFF'FFFFu, 2}}));
    CHECK_FALSE(texts.assign({'a'}, {{0, 2}}));
}

TEST_CASE("objects: columns gather, scatter, append and compare, for every kind") {
    Records records;
    const Object& object = records.schema().object(standard_object::opportunity);
    const std::pair<FieldIndex, std::vector<Value>> cases[] = {
        {system_field::name, {std::string("a"), {}, std::string("ccc")}},
        {opportunity_field::amount, {Decimal{150, 2}, {}, Decimal{-7, 0}}},
        {opportunity_field::close_date, {DateValue{20000}, {}, DateValue{-5}}},
        {system_field::created_date, {InstantValue{1}, {}, InstantValue{-1}}},
        {opportunity_field::stage, {std::string("Prospecting"), {}, std::string("Closed Won")}},
        {opportunity_field::account, {RecordRef{standard_object::account, 4}, {}, RecordRef{standard_object::account, 0}}},
    };
    for (const auto& [index, values] : cases) {
        const Field& field = object.field(index);
        Column column(field.column_kind());
        for (const Value& value : values) column.push_back(value, field);
        REQUIRE(column.size() == 3);
        CHECK(column.get(0, field) == values[0]);
        CHECK(column.is_null(1));
        const RowIndex rows[] = {2, 0};
        Column picked = column.gather(rows);
        CHECK(picked.equal_at(0, column, 2));
        CHECK(picked.equal_at(1, column, 0));
        picked.append(column);
        CHECK(picked.size() == 5);
        CHECK(picked.equal_at(4, column, 2));
        Column one(column.kind());
        one.push_back(values[2], field);
        column.scatter(std::vector<RowIndex>{0, 1}, one);
        CHECK(column.all_equal());
        column.append_repeated(one, 0, 2);
        CHECK(column.size() == 5);
        CHECK(column.all_equal());
        column.resize(6);
        CHECK(column.is_null(5));
    }
}

TEST_CASE("objects: row ids are runs that are found both ways") {
    RowIds ids;
    const RecordId a = RecordId::make(standard_object::lead, 5, 1), b = RecordId::make(standard_object::lead, 2, 1);
    ids.append(a, 3);
    ids.append(RecordId{a.bits + 3}, 2);
    ids.append(b, 4);
    CHECK(ids.runs().size() == 2);
    CHECK(ids.size() == 9);
    for (RowIndex row = 0; row < ids.size(); ++row) CHECK(ids.find(ids.id_of(row)) == row);
    CHECK_FALSE(ids.find(RecordId{a.bits + 5}).has_value());
    CHECK_FALSE(ids.is_free(RecordId{b.bits + 3}, 1));
    CHECK(ids.is_free(RecordId{b.bits + 4}, 1));
    CHECK(ids.last_before(RecordId{b.bits + 100})->bits == b.bits + 3);
    ids.truncate(4);
    CHECK(ids.size() == 4);
    CHECK_FALSE(ids.find(b).has_value());
    RowIds other;
    CHECK_FALSE(other.assign({{10, 0, 2}, {11, 2, 1}}));
    CHECK_FALSE(other.assign({{10, 0, 2}, {20, 3, 1}}));
    CHECK(other.assign({{20, 0, 2}, {10, 2, 1}}));
    CHECK(other.find(RecordId{10}) == 2);
}

TEST_CASE("objects: standard objects have Salesforce's API names") {
    Records records;
    const Schema& schema = records.schema();
    for (const char* name : {"User", "Lead", "Account", "Contact", "Opportunity", "OpportunityContactRole", "Task", "Event", "Product2"}) {
        const Object* object = schema.find_object(name);
        REQUIRE(object);
        for (const char* field : {"Id", "CreatedDate", "LastModifiedDate", "CreatedById", "IsDeleted"}) CHECK(object->find_field(field));
        CHECK(object->has_field(object->name_field));
    }
    const Object& opportunity = *schema.find_object("opportunity");
    CHECK(opportunity.find_relationship("Account")->name == "AccountId");
    CHECK(opportunity.find_relationship("owner")->name == "OwnerId");
    CHECK(schema.object(standard_object::account).find_relationship("Parent")->name == "ParentId");
    bool found = false;
    for (const auto& child : schema.children_of(standard_object::account))
        found = found || (child.object == standard_object::opportunity && schema.object(child.object).field(child.field).child_relationship_name == "Opportunities");
    CHECK(found);
    const Field& stage = opportunity.field(opportunity_field::stage);
    CHECK(stage.values.size() == 10);
    CHECK(stage.values[stage.find_code("Negotiation/Review") - 1u].probability == 90);
    CHECK(stage.values[stage.find_code("Closed Won") - 1u].won);
}

TEST_CASE("objects: definitions survive their JSON form") {
    Records records;
    for (const ObjectIndex index : records.schema().objects()) {
        const Object& object = records.schema().object(index);
        const auto read = object_from_json(to_json(object, records.schema()));
        REQUIRE(read.has_value());
        CHECK(*read == object);
    }
    CHECK_FALSE(field_from_json(Json::object()).has_value());
}

TEST_CASE("objects: what is standard is added to an older schema without touching an admin's changes") {
    Schema schema;
    add_standard_objects(schema);
    Field stage = schema.object(standard_object::opportunity).field(opportunity_field::stage);
    stage.label = "Phase";
    schema.put_field(standard_object::opportunity, stage);
    schema.remove_field(standard_object::opportunity, opportunity_field::lost_reason);
    add_standard_objects(schema);
    CHECK(schema.object(standard_object::opportunity).field(opportunity_field::stage).label == "Phase");
    CHECK(schema.object(standard_object::opportunity).find_field("LostReason"));
}
