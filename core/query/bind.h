// Binder: resolves the names of one query to numbers and checks that its parts fit together.
// Invariant: after success every path has a field, every literal fits what it is compared with.
// Called by: bind() and find_path().
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/query/paths.h"
#include "core/query/query.h"

namespace outpost::soql {

class Binder {
public:
    explicit Binder(const Records& records) : records_(records), schema_(records.schema()) {}

    Status bind(Query& query);
    Result<FieldPath> find_path(std::string_view text, ObjectIndex object, int position) const;

private:
    // bind.cpp
    Status bind_clauses(Query& query);
    Status check_names(const Query& query) const;
    Status bind_select(Query& query);
    Status bind_fields_function(Query& query);
    Status bind_typeof(SelectTerm& select, ObjectIndex object) const;
    Status bind_subquery(Query& child, ObjectIndex parent, int position);
    Status bind_order(Query& query);
    Status check_groups(const Query& query) const;
    Status bind_path(FieldPath& path, ObjectIndex object, int position) const;
    Status bind_term(Term& term, const Query& query) const;
    Status check_functions(const Term& term, const Query& query) const;

    // bind_condition.cpp
    Status bind_condition(Condition& condition, const Query& query, bool having);
    Status bind_comparison(Condition& condition, const Query& query, bool having);
    Status bind_semi_join(Condition& condition, const Query& query);
    Status check_operator(const Condition& condition, ValueKind kind) const;
    Status check_literal(const Condition& condition, Literal& literal, ValueKind kind, ObjectIndex object) const;
    Status check_currency(const Literal& literal) const;

    const Records& records_;
    const Schema& schema_;
};

std::unexpected<Error> bind_error(ErrorCode code, std::string key, std::vector<std::string> arguments, int position);

}  // namespace outpost::soql
