import common.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('schools', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, verbose_name='код')),
                ('name', models.CharField(max_length=500, verbose_name='название')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='порядок')),
                ('is_retired', models.BooleanField(default=False, verbose_name='больше не выбирается')),
                ('short_name', models.CharField(blank=True, max_length=120, verbose_name='коротко')),
                ('municipality', models.ForeignKey(blank=True, help_text='Пусто – для всех муниципалитетов', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='schools.municipality', verbose_name='муниципалитет')),
            ],
            options={
                'verbose_name': 'обязательство',
                'verbose_name_plural': 'обязательства',
                'ordering': ['position', 'name'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('municipality__isnull', False)), fields=('municipality', 'code'), name='partnerships_obligation_code_f', violation_error_message='Такой код уже есть в этом справочнике'), models.UniqueConstraint(condition=models.Q(('municipality__isnull', True)), fields=('code',), name='partnerships_obligation_code_e', violation_error_message='Такой код уже есть в этом справочнике')],
            },
        ),
        migrations.CreateModel(
            name='Partnership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(blank=True, max_length=500, verbose_name='тема')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='основание выбора партнёра')),
                ('goal', models.TextField(blank=True, verbose_name='общая цель')),
                ('result', models.CharField(blank=True, max_length=500, verbose_name='результат')),
                ('scenario', models.CharField(choices=[('lead_to_low', 'школа-лидер – школа с низкими образовательными результатами'), ('peer_context', 'две школы в сложном социальном контексте'), ('unset', 'не указан')], default='unset', max_length=20, verbose_name='сценарий')),
                ('scenario_basis', models.CharField(blank=True, max_length=500, verbose_name='основание сценария')),
                ('state', models.CharField(choices=[('proposed', 'предложено'), ('agreed', 'согласовано'), ('active', 'действует'), ('paused', 'приостановлено'), ('finished', 'завершено'), ('declined', 'отклонено')], default='proposed', max_length=20, verbose_name='состояние')),
                ('start_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='год начала')),
                ('start_month', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='месяц начала')),
                ('start_day', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='день начала')),
                ('start_text', models.CharField(blank=True, max_length=100, verbose_name='начало, как записано')),
                ('end_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='год окончания')),
                ('end_month', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='месяц окончания')),
                ('end_day', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='день окончания')),
                ('form_override', models.CharField(blank=True, choices=[('horizontal', 'горизонтальная'), ('vertical', 'вертикальная'), ('mixed', 'смешанная'), ('undetermined', 'не определена')], max_length=20, verbose_name='форма взаимодействия, решено вручную')),
                ('form_reason', models.CharField(blank=True, max_length=300, verbose_name='почему решено вручную')),
                ('search_key', common.fields.DerivedField(compute='_search_key', editable=False, max_length=1100, verbose_name='ключ поиска')),
                ('directions', models.ManyToManyField(blank=True, related_name='+', to='schools.direction', verbose_name='направления')),
                ('factors', models.ManyToManyField(blank=True, related_name='+', to='schools.riskfactor', verbose_name='факторы риска')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='partnerships', to='schools.municipality', verbose_name='муниципалитет лидера')),
            ],
            options={
                'verbose_name': 'партнёрство',
                'verbose_name_plural': 'партнёрства',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['municipality', 'state', '-id'], name='partnership_municip_5908e9_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('start_day', None), ('start_month__isnull', False), _connector='OR'), name='partnership_start_precision', violation_error_message='У даты начала есть день, но нет месяца'), models.CheckConstraint(condition=models.Q(('start_month', None), ('start_year__isnull', False), _connector='OR'), name='partnership_start_year', violation_error_message='У даты начала есть месяц, но нет года'), models.CheckConstraint(condition=models.Q(('end_year', None), ('start_year', None), ('end_year__gte', models.F('start_year')), _connector='OR'), name='partnership_end_after_start', violation_error_message='Окончание раньше начала')],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(blank=True, max_length=50, verbose_name='номер')),
                ('signed_on', models.DateField(blank=True, null=True, verbose_name='дата')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='действует до')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreements', to='partnerships.partnership', verbose_name='партнёрство')),
            ],
            options={
                'verbose_name': 'договор о сотрудничестве',
                'verbose_name_plural': 'договоры о сотрудничестве',
                'ordering': ['signed_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until', None), ('signed_on', None), ('valid_until__gte', models.F('signed_on')), _connector='OR'), name='agreement_dates', violation_error_message='Договор заканчивается раньше, чем заключён')],
            },
        ),
        migrations.CreateModel(
            name='PartnershipMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('lead', 'школа-лидер'), ('target', 'целевая школа'), ('participant', 'участник')], max_length=20, verbose_name='роль')),
                ('contribution', models.CharField(blank=True, max_length=500, verbose_name='вклад')),
                ('joined_on', models.DateField(blank=True, null=True, verbose_name='вступила')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='вышла')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='partnerships.partnership', verbose_name='партнёрство')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='partnerships', to='schools.school', verbose_name='школа')),
            ],
            options={
                'verbose_name': 'участник партнёрства',
                'verbose_name_plural': 'участники партнёрства',
                'ordering': ['role', 'pk'],
                'indexes': [models.Index(fields=['school', 'role'], name='partnership_school__ed8278_idx')],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'school'), name='partnershipmember_once', violation_error_message='Эта школа уже участвует в партнёрстве'), models.CheckConstraint(condition=models.Q(('left_on', None), ('joined_on', None), ('left_on__gte', models.F('joined_on')), _connector='OR'), name='partnershipmember_dates', violation_error_message='Дата выхода раньше даты вступления')],
            },
        ),
        migrations.CreateModel(
            name='PartnershipObligation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('lead', 'школа-лидер'), ('target', 'целевая школа')], default='lead', max_length=10, verbose_name='чья сторона')),
                ('quantity', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='обещано за год')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='partnerships.obligation', verbose_name='обязательство')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='obligations', to='partnerships.partnership', verbose_name='партнёрство')),
            ],
            options={
                'verbose_name': 'обязательство партнёрства',
                'verbose_name_plural': 'обязательства партнёрства',
                'ordering': ['obligation__position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'obligation', 'side'), name='partnershipobligation_once', violation_error_message='Это обязательство у стороны уже есть')],
            },
        ),
        migrations.CreateModel(
            name='PartnershipTransition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=40, verbose_name='действие')),
                ('from_state', models.CharField(max_length=40, verbose_name='из состояния')),
                ('to_state', models.CharField(max_length=40, verbose_name='в состояние')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='когда')),
                ('comment', models.TextField(blank=True, verbose_name='пояснение')),
                ('by', models.ForeignKey(blank=True, help_text='Пусто, если переход сделал сам портал.', null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто')),
                ('instance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transitions', to='partnerships.partnership', verbose_name='партнёрство')),
            ],
            options={
                'verbose_name': 'переход партнёрства',
                'verbose_name_plural': 'переходы партнёрств',
                'ordering': ['at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visited_on', models.DateField(verbose_name='когда')),
                ('purpose', models.CharField(max_length=300, verbose_name='цель')),
                ('found', models.TextField(blank=True, verbose_name='что выяснилось')),
                ('next_step', models.CharField(blank=True, max_length=300, verbose_name='следующий шаг')),
                ('next_step_by', models.DateField(blank=True, null=True, verbose_name='срок шага')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='записано')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто записал')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='partnerships.partnership', verbose_name='партнёрство')),
            ],
            options={
                'verbose_name': 'посещение',
                'verbose_name_plural': 'посещения',
                'ordering': ['-visited_on', '-pk'],
                'indexes': [models.Index(fields=['partnership', '-visited_on'], name='partnership_partner_d2ed6c_idx')],
            },
        ),
        migrations.CreateModel(
            name='CuratorAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(blank=True, null=True, verbose_name='с какого числа')),
                ('until', models.DateField(blank=True, null=True, verbose_name='по какое число')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='assignments', to='schools.membership', verbose_name='куратор')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='curators', to='partnerships.partnership', verbose_name='партнёрство')),
                ('target', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='curators', to='partnerships.partnershipmember', verbose_name='целевая школа')),
            ],
            options={
                'verbose_name': 'куратор партнёрства',
                'verbose_name_plural': 'кураторы партнёрств',
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('until', None), ('since', None), ('until__gte', models.F('since')), _connector='OR'), name='curator_since_until', violation_error_message='Дата окончания раньше даты начала')],
            },
        ),
    ]
