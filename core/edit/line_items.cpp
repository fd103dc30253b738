#include "core/edit/line_items.h"

#include <algorithm>

#include "core/objects/record_reading.h"
#include "core/objects/standard.h"

namespace outpost {

namespace {

namespace so = standard_object;
namespace line = line_item_field;

const FieldColumn* find(const std::vector<FieldColumn>& columns, FieldIndex field) {
    const auto found = std::ranges::find(columns, field, &FieldColumn::field);
    return found == columns.end() ? nullptr : &*found;
}

template <typename T>
T at(std::span<const T> values, std::size_t row) { return values[values.size() == 1 ? 0 : row]; }

const Object& lines_object(const Records& records) { return records.schema().object(so::opportunity_line_item); }

std::int64_t at_scale(std::int64_t units, std::uint8_t from, std::uint8_t to) {
    if (units == null_decimal || from == to) return units;
    const auto fitted = rescale({units, from}, to, Rounding::HalfUp);
    return fitted ? fitted->units : null_decimal;
}

std::uint8_t minor_unit(const Records& records) {
    const RecordRef organization = first_live(records, so::organization);
    return currency_scale(organization ? records.text(organization, organization_field::default_currency) : std::string_view());
}

// The total of lines, with the scales looked up once.
class Totals {
public:
    explicit Totals(const Records& records) {
        const Object& object = lines_object(records);
        result_scale_ = object.field(line::total_price).scale;
        rounded_scale_ = std::min(result_scale_, minor_unit(records));
        discount_scale_ = object.field(line::discount).scale;
        product_scale_ = object.field(line::quantity).scale + object.field(line::unit_price).scale + discount_scale_ + 2;
        limit_ = power_of_ten(std::min<std::uint8_t>(object.field(line::total_price).precision, 18));
    }

    std::optional<std::int64_t> of(std::int64_t quantity, std::int64_t price, std::int64_t discount) const {
        if (quantity == null_decimal || price == null_decimal) return null_decimal;
        const std::int64_t whole = power_of_ten(static_cast<std::uint8_t>(discount_scale_ + 2));
        __int128 product = static_cast<__int128>(quantity) * price;
        if (__builtin_mul_overflow(product, static_cast<__int128>(whole - (discount == null_decimal ? 0 : discount)), &product)) return std::nullopt;
        __int128 divisor = 1;
        for (int digits = product_scale_ - rounded_scale_; digits > 0; --digits)
            if (__builtin_mul_overflow(divisor, static_cast<__int128>(10), &divisor)) return std::nullopt;
        const __int128 half = divisor / 2;
        const __int128 rounded = (product < 0 ? product - half : product + half) / divisor * power_of_ten(static_cast<std::uint8_t>(result_scale_ - rounded_scale_));
        if (rounded >= limit_ || rounded <= -limit_) return std::nullopt;
        return static_cast<std::int64_t>(rounded);
    }

private:
    std::uint8_t result_scale_ = 0, rounded_scale_ = 0, discount_scale_ = 0;
    int product_scale_ = 0;
    std::int64_t limit_ = 0;
};

Status add_totals(const Records& records, const std::vector<RowIndex>* rows, std::uint32_t count, std::vector<FieldColumn>& columns) {
    const Table& table = records.table(so::opportunity_line_item);
    const Totals totals(records);
    const auto units = [&](FieldIndex field, std::size_t i) {
        if (const FieldColumn* given = find(columns, field)) return at(given->values.decimals(), i);
        return rows ? table.column(field).decimals()[(*rows)[i]] : null_decimal;
    };
    Column made(ColumnKind::Decimal);
    std::vector<std::int64_t>& values = made.mutable_int64();
    values.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto total = totals.of(units(line::quantity, i), units(line::unit_price, i), units(line::discount, i));
        if (!total) return fail(field_error(ErrorCode::NumberOutsideValidRange, "error.total_too_large", lines_object(records), lines_object(records).field(line::total_price)));
        values.push_back(*total);
    }
    std::erase_if(columns, [](const FieldColumn& column) { return column.field == line::total_price; });
    columns.push_back({line::total_price, std::move(made)});
    return {};
}

bool is_active(const Records& records, ObjectIndex object, FieldIndex field, RowIndex row) {
    const Table& table = records.table(object);
    return table.is_live(row) && table.column(field).flags()[row] != 0;
}

}  // namespace

ListPrice find_list_price(const Records& records, RowIndex opportunity, RowIndex product) {
    const Schema& schema = records.schema();
    const std::uint8_t scale = lines_object(records).field(line::list_price).scale;
    if (product == no_row) return {};
    const RowIndex book = opportunity == no_row ? no_row : records.table(so::opportunity).column(opportunity_field::pricebook).rows()[opportunity];
    if (book != no_row && is_active(records, so::pricebook, pricebook_field::is_active, book)) {
        const Table& entries = records.table(so::pricebook_entry);
        for (const RowIndex entry : records.children(so::pricebook_entry, pricebook_entry_field::product, {so::product, product}))
            if (entries.column(pricebook_entry_field::pricebook).rows()[entry] == book && entries.column(pricebook_entry_field::is_active).flags()[entry] != 0)
                return {entry, at_scale(entries.column(pricebook_entry_field::unit_price).decimals()[entry],
                                        schema.object(so::pricebook_entry).field(pricebook_entry_field::unit_price).scale, scale)};
    }
    return {no_row, at_scale(records.table(so::product).column(product_field::unit_price).decimals()[product],
                             schema.object(so::product).field(product_field::unit_price).scale, scale)};
}

std::optional<Value> line_total(const Records& records, const Value& quantity, const Value& price, const Value& discount) {
    const Object& object = lines_object(records);
    const auto units = [&](const Value& value, FieldIndex field) {
        const auto* decimal = std::get_if<Decimal>(&value);
        return decimal ? at_scale(decimal->units, decimal->scale, object.field(field).scale) : null_decimal;
    };
    const auto total = Totals(records).of(units(quantity, line::quantity), units(price, line::unit_price), units(discount, line::discount));
    if (!total) return std::nullopt;
    return *total == null_decimal ? Value() : Value(Decimal{*total, object.field(line::total_price).scale});
}

Status complete_new_lines(const Records& records, std::uint32_t count, std::vector<FieldColumn>& columns) {
    const Object& object = lines_object(records);
    const auto row = [&](FieldIndex field, std::size_t i) {
        const FieldColumn* given = find(columns, field);
        return given ? at(given->values.rows(), i) : no_row;
    };
    const auto units = [&](FieldIndex field, std::size_t i) {
        const FieldColumn* given = find(columns, field);
        return given ? at(given->values.decimals(), i) : null_decimal;
    };
    const Table& entries = records.table(so::pricebook_entry);
    const std::uint8_t entry_scale = records.schema().object(so::pricebook_entry).field(pricebook_entry_field::unit_price).scale;
    Column entry_column(ColumnKind::Row), list_column(ColumnKind::Decimal), price_column(ColumnKind::Decimal);
    for (std::size_t i = 0; i < count; ++i) {
        RowIndex entry = row(line::pricebook_entry, i);
        std::int64_t list = units(line::list_price, i), price = units(line::unit_price, i);
        if (entry != no_row && list == null_decimal) {
            list = at_scale(entries.column(pricebook_entry_field::unit_price).decimals()[entry], entry_scale, object.field(line::list_price).scale);
        } else if (entry == no_row) {
            const ListPrice found = find_list_price(records, row(line::opportunity, i), row(line::product, i));
            entry = found.entry;
            if (list == null_decimal) list = found.units;
        }
        if (price == null_decimal) price = at_scale(list, object.field(line::list_price).scale, object.field(line::unit_price).scale);
        entry_column.mutable_rows().push_back(entry);
        list_column.mutable_int64().push_back(list);
        price_column.mutable_int64().push_back(price);
    }
    std::erase_if(columns, [](const FieldColumn& column) {
        return column.field == line::pricebook_entry || column.field == line::list_price || column.field == line::unit_price;
    });
    columns.push_back({line::pricebook_entry, std::move(entry_column)});
    columns.push_back({line::list_price, std::move(list_column)});
    columns.push_back({line::unit_price, std::move(price_column)});
    return add_totals(records, nullptr, count, columns);
}

Status complete_changed_lines(const Records& records, const std::vector<RowIndex>& rows, std::vector<FieldColumn>& columns) {
    if (!find(columns, line::quantity) && !find(columns, line::unit_price) && !find(columns, line::discount)) return {};
    return add_totals(records, &rows, static_cast<std::uint32_t>(rows.size()), columns);
}

std::vector<RowIndex> opportunities_of_lines(const Records& records, std::span<const RowIndex> lines) {
    const auto owners = records.table(so::opportunity_line_item).column(line::opportunity).rows();
    std::vector<RowIndex> found;
    for (const RowIndex row : lines)
        if (owners[row] != no_row && (found.empty() || found.back() != owners[row])) found.push_back(owners[row]);
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

Result<AmountsFromLines> amounts_from_lines(const Records& records, const std::vector<RowIndex>& opportunities) {
    const Table& table = records.table(so::opportunity);
    const Table& lines = records.table(so::opportunity_line_item);
    const Object& object = records.schema().object(so::opportunity);
    const Field& amount = object.field(opportunity_field::amount);
    struct Sum { __int128 units = 0; std::uint32_t count = 0; };
    std::vector<Sum> sums(opportunities.size());
    const auto owners = lines.column(line::opportunity).rows();
    const auto totals = lines.column(line::total_price).decimals();
    // One look at the whole column, whatever the number of opportunities: an index would have to be made anew after
    // every new line.
    std::vector<std::uint32_t> place_of(opportunities.empty() ? 0 : opportunities.back() + 1u, no_row);
    for (std::uint32_t i = 0; i < opportunities.size(); ++i) place_of[opportunities[i]] = i;
    for (RowIndex row = 0; row < lines.row_count(); ++row) {
        if (owners[row] >= place_of.size() || place_of[owners[row]] == no_row || !lines.is_live(row)) continue;
        Sum& sum = sums[place_of[owners[row]]];
        ++sum.count;
        if (totals[row] != null_decimal) sum.units += totals[row];
    }
    const std::uint8_t line_scale = lines_object(records).field(line::total_price).scale;
    const std::int64_t limit = power_of_ten(std::min<std::uint8_t>(amount.precision, 18));
    AmountsFromLines made;
    Column amounts(ColumnKind::Decimal), flags(ColumnKind::Flag);
    for (std::size_t i = 0; i < opportunities.size(); ++i) {
        const RowIndex row = opportunities[i];
        if (!table.is_live(row)) continue;
        const std::int64_t present = table.column(opportunity_field::amount).decimals()[row];
        std::int64_t wanted = present;
        if (sums[i].count > 0) {
            const bool fits = sums[i].units < power_of_ten(18) && sums[i].units > -power_of_ten(18);
            wanted = fits ? at_scale(static_cast<std::int64_t>(sums[i].units), line_scale, amount.scale) : null_decimal;
            if (wanted == null_decimal || wanted >= limit || wanted <= -limit)
                return fail(field_error(ErrorCode::NumberOutsideValidRange, "error.total_too_large", object, amount));
        }
        const bool has_lines = sums[i].count > 0;
        if (wanted == present && has_lines == has_line_items(records, row)) continue;
        made.rows.push_back(row);
        amounts.mutable_int64().push_back(wanted);
        flags.mutable_flags().push_back(has_lines);
    }
    made.columns.push_back({opportunity_field::amount, std::move(amounts)});
    made.columns.push_back({opportunity_field::has_line_items, std::move(flags)});
    return made;
}

bool has_line_items(const Records& records, RowIndex opportunity) {
    return records.table(so::opportunity).column(opportunity_field::has_line_items).flags()[opportunity] != 0;
}

void check_lines(const Records& records, const std::vector<RowIndex>& rows, std::uint32_t count, const std::vector<FieldColumn>& columns, const FaultSink& sink) {
    const Object& object = lines_object(records);
    const auto target = [&](ObjectIndex of, FieldIndex field, RowIndex row) { return row == no_row ? no_row : records.table(of).column(field).rows()[row]; };
    const auto present = [&](FieldIndex field, std::size_t i) { return target(so::opportunity_line_item, field, rows.empty() ? no_row : rows[i]); };
    const auto wanted = [&](FieldIndex field, std::size_t i) {
        const FieldColumn* given = find(columns, field);
        return given ? at(given->values.rows(), i) : present(field, i);
    };
    for (RowIndex i = 0; i < count; ++i) {
        const RowIndex product = wanted(line::product, i), entry = wanted(line::pricebook_entry, i), before = present(line::product, i);
        if (before != no_row && product != before) sink(i, field_error(ErrorCode::FieldIntegrity, "error.line_product", object, object.field(line::product)));
        if (entry == no_row || entry == present(line::pricebook_entry, i)) continue;
        const auto refuse = [&](const char* key, RecordRef own, RecordRef of_entry) {
            sink(i, field_error(ErrorCode::FieldIntegrity, key, object, object.field(line::pricebook_entry), {records.display_name(of_entry), records.display_name(own)}));
        };
        const RowIndex its_product = target(so::pricebook_entry, pricebook_entry_field::product, entry), its_book = target(so::pricebook_entry, pricebook_entry_field::pricebook, entry);
        const RowIndex book = target(so::opportunity, opportunity_field::pricebook, wanted(line::opportunity, i));
        if (product != no_row && its_product != product) refuse("error.entry_of_product", {so::product, product}, {so::product, its_product});
        else if (book != no_row && its_book != book) refuse("error.entry_of_book", {so::pricebook, book}, {so::pricebook, its_book});
    }
}

void check_opportunity_columns(const Records& records, const std::vector<RowIndex>& rows, const std::vector<FieldColumn>& columns, const FaultSink& sink) {
    const Table& table = records.table(so::opportunity);
    const Object& object = records.schema().object(so::opportunity);
    const auto check = [&](FieldIndex field, const char* key, bool may_begin) {
        const FieldColumn* given = find(columns, field);
        if (!given) return;
        const Column& present = table.column(field);
        for (RowIndex i = 0; i < rows.size(); ++i) {
            if (!has_line_items(records, rows[i]) || present.equal_at(rows[i], given->values, given->values.size() == 1 ? 0 : i)) continue;
            if (may_begin && present.is_null(rows[i])) continue;
            sink(i, field_error(ErrorCode::FieldIntegrity, key, object, object.field(field), {records.display_name({so::opportunity, rows[i]})}));
        }
    };
    check(opportunity_field::amount, "error.amount_from_products", false);
    // As Salesforce's API: the price book is fixed once there are lines. A first one may still be chosen.
    check(opportunity_field::pricebook, "error.pricebook_has_products", true);
}

}  // namespace outpost
