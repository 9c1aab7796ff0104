"""What is the same for everybody is rendered once for each language, and can hold nothing of anybody."""

import pytest
from django.template import Context, Engine, RequestContext, Template, TemplateSyntaxError
from django.utils import translation

from iesogi.site.templatetags.site import Constant


def test_each_language_has_its_own():
    template = Template("{% load i18n site %}{% constant %}{% translate 'Home' %}{% endconstant %}")
    for _twice in range(2):
        found = []
        for code in ("en", "fr", "ar"):
            with translation.override(code):
                found.append(template.render(Context()) == translation.gettext("Home"))
        assert found == [True] * 3


def test_nothing_of_a_page_or_a_request_gets_in(rf):
    template = Template(
        "{% load site %}{{ name }}{% constant %}[{{ name }}{{ user }}{{ request.path }}]{% endconstant %}"
    )
    assert template.render(RequestContext(rf.get("/a/"), {"name": "Ada"})) == "Ada[]"
    assert template.render(Context({"name": "Bea"})) == "Bea[]"


def test_it_is_rendered_once():
    template = Template("{% load site %}{% constant %}{% now 'u' %}{% endconstant %}")
    assert template.render(Context()) == template.render(Context())
    (node,) = template.nodelist.get_nodes_by_type(Constant)
    assert len(node._rendered) == 1


def test_block_in_it_is_refused():
    with pytest.raises(TemplateSyntaxError, match="A block changes"):
        Engine.get_default().from_string("{% load site %}{% constant %}{% block a %}{% endblock %}{% endconstant %}")
